//! From a board to an instance of the solver, and from the solver's numbers back to people.
//!
//! A [`Problem`] is what the board shows; [`How`] says what makes a plan good and what stays as it
//! is; a [`Question`] is what a committee wants to know. [`answer`] is the same function in the
//! browser's worker and on the server, so both give the same answer, byte for byte.
//!
//! What the solver may propose: pairs that no hard rule forbids, against which no warning stands,
//! and which reach the floor of the cohort. Everything else is for people to decide, and every
//! pair that is left out has a [`Bar`] that says why.

mod ask;
mod compare;
mod explain;
mod firm;
mod judge;
mod known;
mod messages;
mod places;
mod plan;
mod seats;
mod setup;
mod solving;
mod supply;
mod wanted;

pub use ask::{Answer, Progress, Question, Trouble, Watch, answer};
pub use compare::{Compared, compare};
pub use explain::{
    Holder, Other, PairAnswer, PersonAnswer, Reasons, Remedy, ShortageAnswer, Stands,
};
pub use firm::{Firmness, N_SEEDS};
pub use judge::{Bar, Judge};
pub use messages::{Ask, Told, tell};
pub use places::{LossAnswer, MorePlace};
pub use plan::{Change, Effect, Figures, PlanAnswer, Planned};
pub use supply::{AreaStand, areas, scarcest};
pub use tandem_matching::CancelToken;
pub use wanted::{Goal, How, Keeping, Problem};
