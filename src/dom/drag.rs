//! From pointer events to a drag: a pure state machine that knows thresholds and who cancels.
//!
//! The caller feeds it what the browser reports and does what it answers; nothing here touches the
//! browser, so that every pair of state and event can be tested. A drag never begins by accident:
//! a mouse must travel, a finger must rest, and only the grip lifts at once.

use crate::dom::hit::Point;

/// How far a mouse or pen travels before a press becomes a drag, in CSS pixels.
pub const TRAVEL: f64 = 5.0;
/// How long a finger rests on a card before it lifts it, in milliseconds.
pub const HOLD_MS: u64 = 250;
/// How far a resting finger may slip, in CSS pixels.
pub const SLIP: f64 = 8.0;

/// What points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// A mouse or a pen: lifts after some travel.
    Fine,
    /// A finger: lifts after a rest, so that it can still scroll.
    Finger,
}

impl Pointer {
    /// Reads `PointerEvent.pointerType`.
    pub fn from_type(kind: &str) -> Self {
        match kind {
            "touch" => Self::Finger,
            _ => Self::Fine,
        }
    }
}

/// Where on a card the pointer went down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Anywhere.
    Card,
    /// The grip, which lifts at once also under a finger.
    Grip,
}

/// What the browser reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input<T> {
    /// The main button or a finger went down on something that can be lifted.
    Down {
        /// Which pointer.
        pointer_id: i32,
        /// What points.
        pointer: Pointer,
        /// Where.
        at: Point,
        /// On which part.
        part: Part,
        /// What would be lifted.
        item: T,
    },
    /// Another finger or another button went down, wherever.
    Another,
    /// A pointer moved.
    Move {
        /// Which pointer.
        pointer_id: i32,
        /// Where to.
        at: Point,
    },
    /// A pointer went up.
    Up {
        /// Which pointer.
        pointer_id: i32,
        /// Where.
        at: Point,
    },
    /// The browser took the pointer away (it scrolls, or the capture is lost).
    Taken {
        /// Which pointer.
        pointer_id: i32,
    },
    /// The time of [`HOLD_MS`] is over.
    Rested,
    /// Escape, the window lost the focus, or the screen goes away.
    Abort,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Output<T> {
    /// Nothing.
    Nothing,
    /// Wait [`HOLD_MS`], then report [`Input::Rested`].
    Wait,
    /// Stop waiting: this is a click or a scroll.
    Forget,
    /// The item follows the pointer from here. Capture the pointer.
    Lift {
        /// Which pointer to capture.
        pointer_id: i32,
        /// What is lifted.
        item: T,
        /// Where the pointer is.
        at: Point,
    },
    /// The pointer is here now.
    Follow {
        /// Where.
        at: Point,
    },
    /// The item was let go here.
    Drop {
        /// What.
        item: T,
        /// Where.
        at: Point,
    },
    /// The drag is off; nothing has changed.
    Cancel {
        /// What had been lifted.
        item: T,
    },
}

/// Where a drag stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Drag<T> {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// Pressed, but not lifted.
    Pressed {
        /// Which pointer.
        pointer_id: i32,
        /// What points.
        pointer: Pointer,
        /// Where it went down.
        from: Point,
        /// What would be lifted.
        item: T,
    },
    /// Lifted.
    Lifted {
        /// Which pointer.
        pointer_id: i32,
        /// What.
        item: T,
    },
}

impl<T: Copy> Drag<T> {
    /// What is lifted, if anything is.
    pub fn lifted(&self) -> Option<T> {
        match self {
            Self::Lifted { item, .. } => Some(*item),
            Self::Idle | Self::Pressed { .. } => None,
        }
    }

    /// Takes in one report and answers what to do.
    pub fn step(&mut self, input: Input<T>) -> Output<T> {
        match input {
            Input::Down {
                pointer_id,
                pointer,
                at,
                part,
                item,
            } => self.press(pointer_id, pointer, at, part, item),
            Input::Another | Input::Abort => self.abort(),
            Input::Move { pointer_id, at } => self.travel(pointer_id, at),
            Input::Up { pointer_id, at } => self.release(pointer_id, at),
            Input::Taken { pointer_id } if self.pointer_id() == Some(pointer_id) => self.abort(),
            Input::Taken { .. } => Output::Nothing,
            Input::Rested => match *self {
                Self::Pressed {
                    pointer_id,
                    pointer: Pointer::Finger,
                    from,
                    item,
                } => self.lift(pointer_id, item, from),
                _ => Output::Nothing,
            },
        }
    }

    fn pointer_id(&self) -> Option<i32> {
        match self {
            Self::Idle => None,
            Self::Pressed { pointer_id, .. } | Self::Lifted { pointer_id, .. } => Some(*pointer_id),
        }
    }

    fn press(
        &mut self,
        pointer_id: i32,
        pointer: Pointer,
        at: Point,
        part: Part,
        item: T,
    ) -> Output<T> {
        // A second finger means to zoom or scroll, not to carry.
        if !matches!(self, Self::Idle) {
            return self.abort();
        }
        match (pointer, part) {
            (Pointer::Finger, Part::Grip) => self.lift(pointer_id, item, at),
            (Pointer::Finger, Part::Card) => {
                *self = Self::Pressed {
                    pointer_id,
                    pointer,
                    from: at,
                    item,
                };
                Output::Wait
            }
            (Pointer::Fine, _) => {
                *self = Self::Pressed {
                    pointer_id,
                    pointer,
                    from: at,
                    item,
                };
                Output::Nothing
            }
        }
    }

    fn travel(&mut self, moved_id: i32, at: Point) -> Output<T> {
        match *self {
            Self::Lifted { pointer_id, .. } if pointer_id == moved_id => Output::Follow { at },
            Self::Pressed {
                pointer_id,
                pointer,
                from,
                item,
            } if pointer_id == moved_id => match pointer {
                Pointer::Fine if from.distance(at) >= TRAVEL => self.lift(pointer_id, item, at),
                Pointer::Finger if from.distance(at) > SLIP => {
                    *self = Self::Idle;
                    Output::Forget
                }
                _ => Output::Nothing,
            },
            _ => Output::Nothing,
        }
    }

    fn release(&mut self, released_id: i32, at: Point) -> Output<T> {
        match *self {
            Self::Lifted { pointer_id, item } if pointer_id == released_id => {
                *self = Self::Idle;
                Output::Drop { item, at }
            }
            Self::Pressed { pointer_id, .. } if pointer_id == released_id => {
                *self = Self::Idle;
                Output::Forget
            }
            _ => Output::Nothing,
        }
    }

    fn lift(&mut self, pointer_id: i32, item: T, at: Point) -> Output<T> {
        *self = Self::Lifted { pointer_id, item };
        Output::Lift {
            pointer_id,
            item,
            at,
        }
    }

    fn abort(&mut self) -> Output<T> {
        match std::mem::replace(self, Self::Idle) {
            Self::Idle => Output::Nothing,
            Self::Pressed { .. } => Output::Forget,
            Self::Lifted { item, .. } => Output::Cancel { item },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Point = Point { x: 100.0, y: 100.0 };

    fn right(pixels: f64) -> Point {
        Point {
            x: START.x + pixels,
            y: START.y,
        }
    }

    fn down(pointer: Pointer, part: Part) -> Input<char> {
        Input::Down {
            pointer_id: 1,
            pointer,
            at: START,
            part,
            item: 'a',
        }
    }

    fn moved(pixels: f64) -> Input<char> {
        Input::Move {
            pointer_id: 1,
            at: right(pixels),
        }
    }

    fn up(pixels: f64) -> Input<char> {
        Input::Up {
            pointer_id: 1,
            at: right(pixels),
        }
    }

    fn lifted_by_mouse() -> Drag<char> {
        let mut drag = Drag::default();
        drag.step(down(Pointer::Fine, Part::Card));
        drag.step(moved(TRAVEL));
        assert_eq!(drag.lifted(), Some('a'));
        drag
    }

    #[test]
    fn a_mouse_that_hardly_travels_clicks() {
        let mut drag = Drag::default();
        assert_eq!(drag.step(down(Pointer::Fine, Part::Card)), Output::Nothing);
        assert_eq!(drag.step(moved(TRAVEL - 0.1)), Output::Nothing);
        assert_eq!(drag.step(up(TRAVEL - 0.1)), Output::Forget);
        assert_eq!(drag, Drag::Idle);
    }

    #[test]
    fn a_mouse_that_travels_lifts_and_drops_where_it_lets_go() {
        let mut drag = Drag::default();
        drag.step(down(Pointer::Fine, Part::Card));
        assert_eq!(
            drag.step(moved(TRAVEL)),
            Output::Lift {
                pointer_id: 1,
                item: 'a',
                at: right(TRAVEL)
            }
        );
        assert_eq!(drag.step(moved(60.0)), Output::Follow { at: right(60.0) });
        assert_eq!(
            drag.step(up(70.0)),
            Output::Drop {
                item: 'a',
                at: right(70.0)
            }
        );
        assert_eq!(drag, Drag::Idle);
    }

    #[test]
    fn a_mouse_does_not_lift_by_resting() {
        let mut drag = Drag::default();
        drag.step(down(Pointer::Fine, Part::Card));
        assert_eq!(drag.step(Input::Rested), Output::Nothing);
        assert_eq!(drag.lifted(), None);
    }

    #[test]
    fn a_finger_that_rests_lifts() {
        let mut drag = Drag::default();
        assert_eq!(drag.step(down(Pointer::Finger, Part::Card)), Output::Wait);
        assert_eq!(drag.step(moved(SLIP)), Output::Nothing);
        assert_eq!(
            drag.step(Input::Rested),
            Output::Lift {
                pointer_id: 1,
                item: 'a',
                at: START
            }
        );
    }

    #[test]
    fn a_finger_that_moves_before_it_rested_scrolls() {
        let mut drag = Drag::default();
        drag.step(down(Pointer::Finger, Part::Card));
        assert_eq!(drag.step(moved(SLIP + 0.1)), Output::Forget);
        assert_eq!(drag.step(Input::Rested), Output::Nothing);
        assert_eq!(drag.lifted(), None);
    }

    #[test]
    fn a_quick_tap_is_a_click() {
        let mut drag = Drag::default();
        drag.step(down(Pointer::Finger, Part::Card));
        assert_eq!(drag.step(up(0.0)), Output::Forget);
        assert_eq!(drag.step(Input::Rested), Output::Nothing);
    }

    #[test]
    fn the_grip_lifts_at_once_under_a_finger() {
        let mut drag = Drag::default();
        assert_eq!(
            drag.step(down(Pointer::Finger, Part::Grip)),
            Output::Lift {
                pointer_id: 1,
                item: 'a',
                at: START
            }
        );
    }

    #[test]
    fn whatever_interrupts_a_drag_cancels_it() {
        let second_finger = Input::Down {
            pointer_id: 2,
            pointer: Pointer::Finger,
            at: START,
            part: Part::Card,
            item: 'b',
        };
        for interruption in [
            Input::Abort,
            Input::Another,
            Input::Taken { pointer_id: 1 },
            second_finger,
        ] {
            let mut drag = lifted_by_mouse();
            assert_eq!(drag.step(interruption), Output::Cancel { item: 'a' });
            assert_eq!(
                drag.step(up(50.0)),
                Output::Nothing,
                "nothing is dropped afterwards"
            );
        }
    }

    #[test]
    fn whatever_interrupts_a_press_forgets_it() {
        for interruption in [Input::Abort, Input::Another, Input::Taken { pointer_id: 1 }] {
            let mut drag = Drag::default();
            drag.step(down(Pointer::Finger, Part::Card));
            assert_eq!(drag.step(interruption), Output::Forget);
            assert_eq!(drag.step(Input::Rested), Output::Nothing);
        }
    }

    #[test]
    fn other_pointers_neither_move_nor_drop() {
        let mut drag = lifted_by_mouse();
        assert_eq!(
            drag.step(Input::Move {
                pointer_id: 9,
                at: START
            }),
            Output::Nothing
        );
        assert_eq!(
            drag.step(Input::Up {
                pointer_id: 9,
                at: START
            }),
            Output::Nothing
        );
        assert_eq!(drag.step(Input::Taken { pointer_id: 9 }), Output::Nothing);
        assert_eq!(drag.lifted(), Some('a'));
    }

    #[test]
    fn an_idle_machine_ignores_everything_but_a_press() {
        for input in [
            moved(50.0),
            up(50.0),
            Input::Rested,
            Input::Abort,
            Input::Another,
            Input::Taken { pointer_id: 1 },
        ] {
            let mut drag = Drag::default();
            assert_eq!(drag.step(input), Output::Nothing);
            assert_eq!(drag, Drag::Idle);
        }
    }
}
