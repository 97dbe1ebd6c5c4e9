// The parts of a board that every React page draws the same way: cards, lists, virtual or not.

import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useRef } from "react";

const rowHeight = 86;

/** What stands on a card. */
export const Face = memo(function Face({ person, pairs }) {
    return (
        <>
            <p>
                <strong>{person.name}</strong>{" "}
                {pairs?.map((mentee) => (
                    <span key={mentee.id} className="pair" data-mentee={mentee.id}>
                        {mentee.name}
                    </span>
                ))}
            </p>
            <p>{person.place}</p>
            <p className="tags">
                {person.areas.map((area) => (
                    <span key={area}>{area}</span>
                ))}
            </p>
        </>
    );
});

/** A list with all its rows. */
function Whole({ name, people, row }) {
    return (
        <div className="list" data-pane={name}>
            {people.map((person) => (
                <div className="row" key={person.id}>
                    {row(person)}
                </div>
            ))}
        </div>
    );
}

/** A list with the rows in sight. */
function Virtual({ name, people, row }) {
    const list = useRef(null);
    const rows = useVirtualizer({
        count: people.length,
        getScrollElement: () => list.current,
        estimateSize: () => rowHeight,
        overscan: 5,
    });
    return (
        <div className="list" data-pane={name} ref={list}>
            <div style={{ blockSize: rows.getTotalSize(), position: "relative" }}>
                {rows.getVirtualItems().map((item) => (
                    <div
                        className="row"
                        key={people[item.index].id}
                        style={{
                            position: "absolute",
                            insetInline: 0,
                            transform: `translateY(${item.start}px)`,
                        }}
                    >
                        {row(people[item.index])}
                    </div>
                ))}
            </div>
        </div>
    );
}

/** A list, as the address asks for it. */
export const List = new URLSearchParams(location.search).has("virtual") ? Virtual : Whole;

/** Who is with whom after one more pair. */
export function paired(pairs, mentee, mentor) {
    return { ...pairs, [mentor]: [...(pairs[mentor] ?? []), mentee] };
}
