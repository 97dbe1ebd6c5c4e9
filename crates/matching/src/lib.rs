//! Optimal pairings of mentees and mentors, with a proof.
//!
//! Integers in, plan and certificate out: no I/O, no clock, no chance, no threads, no dependency.
//! The same instance gives the same plan on every machine, in the browser as on the server.
//!
//! An [`Instance`] holds a score for every pair that may be, the places of each mentor, and the
//! locks. [`solve`] finds the best plan for an [`Objective`]; [`certify`] proves that it is the
//! best. Scores are points, by convention 0 to 1000, and may be anything within
//! ±[`SCORE_LIMIT`]; the sums of a plan are exact.
//!
//! Sources: shortest augmenting paths after Jonker and Volgenant (1987) with capacities and
//! duals; the dynamic Hungarian algorithm (Mills-Tettey, Stentz and Dias, 2007) for changes;
//! deferred acceptance (Gale and Shapley, 1962); covers after Kőnig (1931) and Hall (1935).

mod advice;
mod certify;
mod cost;
mod engine;
mod floor;
mod flow;
mod index;
mod instance;
mod keep;
mod live;
mod plan;
mod progress;
mod robustness;
mod run;
mod score;
mod shortage;
mod solve;
mod stable;
mod tie;

pub use advice::{Alternative, MorePlace};
pub use certify::{Flaw, certify};
pub use cost::{Difference, TooLarge};
pub use index::{Mentee, Mentor};
pub use instance::{Instance, InstanceError, Keep};
pub use keep::{KeepError, solve_with_few_changes};
pub use live::{Change, ChangeError, Live, LiveError, Outcome};
pub use plan::{BANDS, Certificate, Cover, Duals, Move, Objective, Plan, Value, moves};
pub use progress::{CancelToken, Progress, SolveError, Stage};
pub use robustness::{Robustness, under_instances, under_seeds};
pub use run::Run;
pub use score::{SCORE_LIMIT, ScoreError, Scores};
pub use shortage::{Shortage, shortages};
pub use solve::{solve, solve_watched};
pub use stable::blocking_pairs;
