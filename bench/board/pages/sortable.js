// A board with SortableJS: one list of mentees, and a list inside each mentor.

import Sortable from "sortablejs";

import { mentees, mentors } from "./people.js";

function card(person, kind) {
    const card = document.createElement("div");
    card.className = "card";
    card.dataset[kind] = person.id;
    const line = (text, name = "") => {
        const line = document.createElement("p");
        line.className = name;
        line.append(text);
        return line;
    };
    const name = document.createElement("strong");
    name.append(person.name);
    const tags = line("", "tags");
    for (const area of person.areas) {
        const tag = document.createElement("span");
        tag.append(area);
        tags.append(tag);
    }
    card.append(line(name), line(person.place), tags);
    return card;
}

function list(name, people, row) {
    const list = document.createElement("div");
    list.className = "list";
    list.dataset.pane = name;
    list.append(...people.map(row));
    return list;
}

const inRow = (card) => {
    const row = document.createElement("div");
    row.className = "row";
    row.append(card);
    return row;
};

const lists = document.createElement("div");
lists.className = "lists";
const left = list("mentees", mentees, (person) => card(person, "mentee"));
const right = list("mentors", mentors, (person) => inRow(card(person, "mentor")));
lists.append(left, right);
document.getElementById("board").append(lists);
Sortable.create(left, { group: "pairs", sort: false });
for (const mentor of right.querySelectorAll("[data-mentor]")) {
    Sortable.create(mentor, { group: "pairs", draggable: "[data-mentee]" });
}
