// A board with dnd-kit: cards are draggable, mentors droppable, an overlay follows the pointer.

import { DndContext, DragOverlay, PointerSensor, pointerWithin } from "@dnd-kit/core";
import { useDraggable, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { memo, useCallback, useState } from "react";
import { createRoot } from "react-dom/client";

import { mentees, mentors } from "./people.js";
import { Face, List, paired } from "./shell.jsx";

const Mentee = memo(function Mentee({ person }) {
    const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: person.id });
    return (
        <div
            ref={setNodeRef}
            className={isDragging ? "card held" : "card"}
            data-mentee={person.id}
            {...listeners}
            {...attributes}
        >
            <Face person={person} />
        </div>
    );
});

const Mentor = memo(function Mentor({ person, pairs }) {
    const { setNodeRef, isOver } = useDroppable({ id: person.id });
    return (
        <div ref={setNodeRef} className={isOver ? "card over" : "card"} data-mentor={person.id}>
            <Face person={person} pairs={pairs} />
        </div>
    );
});

function Board() {
    const [left, setLeft] = useState(mentees);
    const [pairs, setPairs] = useState({});
    const [held, setHeld] = useState(null);
    const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
    const end = useCallback(({ active, over }) => {
        setHeld(null);
        if (!over) return;
        const mentee = mentees.find((one) => one.id === active.id);
        setLeft((left) => left.filter((one) => one.id !== active.id));
        setPairs((pairs) => paired(pairs, mentee, over.id));
    }, []);
    return (
        <DndContext
            sensors={sensors}
            collisionDetection={pointerWithin}
            onDragStart={({ active }) => setHeld(mentees.find((one) => one.id === active.id))}
            onDragCancel={() => setHeld(null)}
            onDragEnd={end}
        >
            <div className="lists">
                <List name="mentees" people={left} row={(person) => <Mentee person={person} />} />
                <List
                    name="mentors"
                    people={mentors}
                    row={(person) => <Mentor person={person} pairs={pairs[person.id]} />}
                />
            </div>
            <DragOverlay>
                {held && (
                    <div className="card">
                        <Face person={held} />
                    </div>
                )}
            </DragOverlay>
        </DndContext>
    );
}

createRoot(document.getElementById("board")).render(<Board />);
