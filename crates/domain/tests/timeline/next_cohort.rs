//! The next cohort's timeline from the last one's.

use tandem_domain::id::ConstraintId;
use tandem_domain::timeline::constraint::check;
use tandem_domain::timeline::next::{days_later, later};
use tandem_domain::timeline::wish::Act;
use tandem_domain::timeline::{Edge, Mark, Status};
use uuid::Uuid;

use super::support::{
    acting, announced, constraint, day, end_of, id, mark, milestone, of, rule, with,
};

#[test]
fn the_next_cohort_has_the_same_days_of_the_week() {
    assert_eq!(days_later(day("2018-06-01"), 1), 364);
    assert_eq!(days_later(day("2018-06-01"), 5), 261 * 7);
    let mut timeline = with(announced(), milestone(9, "2018-07-01"));
    let program = mark(&timeline, Mark::Program);
    timeline = acting(
        &timeline,
        &[Act::Anchor {
            item: id(9),
            rule: rule(program, Edge::Start, 30),
        }],
    )
    .unwrap();
    timeline.constraints = vec![constraint(1, end_of(program), end_of(id(9)), -400)];
    let mut number = 100;
    let next = later(
        &timeline,
        364,
        || {
            number += 1;
            id(number)
        },
        || ConstraintId(Uuid::from_u128(7)),
    );
    let closes = of(&next, mark(&next, Mark::Closing)).when.days().0;
    assert_eq!(closes, day("2019-03-01"));
    assert!(next.items.iter().all(|item| item.status == Status::Planned));
    let follower = next.items.iter().find(|item| item.rule.is_some()).unwrap();
    assert_eq!(follower.rule.unwrap().anchor, mark(&next, Mark::Program));
    assert_eq!(next.constraints[0].after.item, follower.id);
    assert_eq!(check(&next.items, &next.constraints), []);
}
