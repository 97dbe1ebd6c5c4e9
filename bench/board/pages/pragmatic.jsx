// A board with pragmatic-drag-and-drop: the browser's own drag, cards and mentors register for it.

import {
    draggable,
    dropTargetForElements,
    monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { memo, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

import { mentees, mentors } from "./people.js";
import { Face, List, paired } from "./shell.jsx";

const Mentee = memo(function Mentee({ person }) {
    const card = useRef(null);
    const [isHeld, setHeld] = useState(false);
    useEffect(
        () =>
            draggable({
                element: card.current,
                getInitialData: () => ({ mentee: person.id }),
                onDragStart: () => setHeld(true),
                onDrop: () => setHeld(false),
            }),
        [person],
    );
    return (
        <div ref={card} className={isHeld ? "card held" : "card"} data-mentee={person.id}>
            <Face person={person} />
        </div>
    );
});

const Mentor = memo(function Mentor({ person, pairs }) {
    const card = useRef(null);
    const [isOver, setOver] = useState(false);
    useEffect(
        () =>
            dropTargetForElements({
                element: card.current,
                getData: () => ({ mentor: person.id }),
                onDragEnter: () => setOver(true),
                onDragLeave: () => setOver(false),
                onDrop: () => setOver(false),
            }),
        [person],
    );
    return (
        <div ref={card} className={isOver ? "card over" : "card"} data-mentor={person.id}>
            <Face person={person} pairs={pairs} />
        </div>
    );
});

function Board() {
    const [left, setLeft] = useState(mentees);
    const [pairs, setPairs] = useState({});
    useEffect(
        () =>
            monitorForElements({
                onDrop: ({ source, location }) => {
                    const mentor = location.current.dropTargets[0]?.data.mentor;
                    if (!mentor) return;
                    const mentee = mentees.find((one) => one.id === source.data.mentee);
                    setLeft((left) => left.filter((one) => one !== mentee));
                    setPairs((pairs) => paired(pairs, mentee, mentor));
                },
            }),
        [],
    );
    return (
        <div className="lists">
            <List name="mentees" people={left} row={(person) => <Mentee person={person} />} />
            <List
                name="mentors"
                people={mentors}
                row={(person) => <Mentor person={person} pairs={pairs[person.id]} />}
            />
        </div>
    );
}

createRoot(document.getElementById("board")).render(<Board />);
