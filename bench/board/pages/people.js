// The same people on every peer page: as many mentees as mentors, each with three areas.

const first = ["Ana", "Bo", "Cyril", "Dee", "Elif", "Fay", "Gus", "Hana", "Ines", "Jun", "Kai"];
const last = ["Archer", "Bell", "Cole", "Duarte", "Eng", "Flores", "Grant", "Haas", "Ito"];
const places = ["Academic · Guam", "Public · Ohio", "Special · Alaska", "Academic · Iowa"];
const areas = ["Cataloging", "Preservation", "Acquisitions", "Leadership", "Metadata", "Serials"];

const at = (list, index) => list[index % list.length];

function side(letter, shift, count) {
    return Array.from({ length: count }, (_, index) => ({
        id: `${letter}${index + 1}`,
        name: `${at(first, index + shift)} ${at(last, index * 3 + shift)}`,
        place: at(places, index + shift),
        areas: [0, 1, 2].map((step) => at(areas, index + shift + step * 2)),
    }));
}

/** How many of each side the address asks for. */
export const count = Number(new URLSearchParams(location.search).get("n") ?? 100);
export const mentees = side("e", 0, count);
export const mentors = side("m", 5, count);
