//! Two tabs and another device write one application, while requests get lost, answers get lost,
//! the server is restarted, sessions end, and everything is refused now and then. However it goes,
//! no text is lost that its writer has not thrown away, and each wish to send is one submission.
//!
//! All of it comes out of a seed. `TANDEM_SEEDS=100 cargo test -p tandem-faults` runs more of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what helpers of tests cannot do is a failed test"
)]

#[path = "../../../server/tests/api/answers.rs"]
mod answers;
mod chance;
mod device;
mod net;
#[path = "../../../server/tests/api/story.rs"]
#[allow(
    dead_code,
    reason = "shared with the server's tests, which use more of it"
)]
mod story;
#[path = "../../../server/tests/api/support.rs"]
#[allow(
    dead_code,
    reason = "shared with the server's tests, which use more of it"
)]
mod support;
mod world;

use crate::world::World;

/// How many letters, words and deletions each world sees.
const EDITS: usize = 420;

fn n_worlds() -> u64 {
    let asked = std::env::var("TANDEM_SEEDS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(3)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_text_is_lost_and_each_wish_to_send_is_one_submission() {
    let mut n_edits = 0;
    let mut seen = net::Seen::default();
    for seed in 1..=n_worlds() {
        eprintln!("world {seed}");
        let mut world = World::begin(seed).await;
        while world.n_edits() < EDITS {
            world.step().await;
        }
        world.come_to_rest().await;
        world.check().await;
        n_edits += world.n_edits();
        seen.add(world.seen());
    }
    assert!(n_edits > 1_000, "{n_edits} edits");
    seen.assert_everything_happened();
}
