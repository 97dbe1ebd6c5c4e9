//! Acts: items are made, described, copied, cancelled and taken away.

use tandem_domain::date::ZoneName;
use tandem_domain::form::locale::L10n;
use tandem_domain::timeline::wish::{Act, EditError, Wish};
use tandem_domain::timeline::{Audience, Certainty, Edge, Mark, Status, When};

use super::support::{
    TODAY, acting, announced, create, day, deadline, founding, id, mark, milestone, of, rule, to,
    try_wish, with,
};

#[test]
fn items_are_made_described_copied_and_taken_away() {
    let timeline = founding();
    let when = When::Meeting {
        start: deadline("2018-06-05T15:00:00", ZoneName("America/Chicago".into())),
        minutes: 60,
    };
    let made = acting(&timeline, &[create(20, when)]).unwrap();
    assert_eq!(of(&made, id(20)).status, Status::Planned);
    assert_eq!(
        acting(&made, &[create(20, When::Milestone { on: day(TODAY) })]),
        Err(EditError::Taken)
    );
    let nameless = Act::Edit {
        item: id(20),
        title: Some(L10n::english("  ")),
        body: None,
        audience: None,
        lane: None,
        certainty: None,
        in_calendar: None,
        when: None,
    };
    assert_eq!(acting(&made, &[nameless]), Err(EditError::TitleMissing));
    let described = Act::Edit {
        item: id(20),
        title: Some(L10n::english("Welcome")),
        body: Some(L10n::english("Bring a cup.")),
        audience: Some(Audience::Mentors),
        lane: Some("Mentors".into()),
        certainty: Some(Certainty::Tentative),
        in_calendar: None,
        when: None,
    };
    let copy = Act::Duplicate {
        of: id(20),
        item: id(21),
        days: 7,
    };
    let both = acting(&made, &[described, copy]).unwrap();
    let second = of(&both, id(21));
    assert_eq!(second.title.text(), "Welcome");
    assert_eq!(second.lane(), "Mentors");
    assert_eq!(second.when.days().0, day("2018-06-12"));
    assert_eq!(second.status, Status::Planned);
    let gone = acting(&both, &[Act::Delete { item: id(20) }]).unwrap();
    assert!(gone.items.iter().all(|item| item.id != id(20)));
}

#[test]
fn what_people_were_told_is_cancelled_before_it_is_deleted() {
    let timeline = with(founding(), milestone(9, "2018-07-01"));
    let item = id(9);
    assert_eq!(
        acting(&timeline, &[Act::Cancel { item }]),
        Err(EditError::WrongStatus)
    );
    let told = acting(&timeline, &[Act::Announce { item }]).unwrap();
    assert_eq!(
        acting(&told, &[Act::Delete { item }]),
        Err(EditError::WrongStatus)
    );
    let off = acting(&told, &[Act::Cancel { item }]).unwrap();
    let wish = Wish {
        edits: vec![to(item, Edge::End, "2018-07-02")],
        ticked: Some(vec![item]),
        ..Wish::default()
    };
    let refused = try_wish(&off, &wish).unwrap_err();
    assert_eq!(refused.refusals[0].error, EditError::Cancelled);
    assert!(acting(&off, &[Act::Delete { item }]).is_ok());
    let on = acting(&off, &[Act::Reopen { item }]).unwrap();
    assert_eq!(of(&on, item).status, Status::Announced);
    assert_eq!(of(&on, item).sequence, 3);
}

#[test]
fn the_dates_that_decide_what_is_open_cannot_go_away() {
    let timeline = announced();
    for needed in [
        Mark::Call,
        Mark::Closing,
        Mark::PairingComplete,
        Mark::Program,
    ] {
        let item = mark(&timeline, needed);
        for act in [Act::Cancel { item }, Act::Delete { item }] {
            assert_eq!(acting(&timeline, &[act]), Err(EditError::Needed));
        }
        let hidden = Act::Edit {
            item,
            title: None,
            body: None,
            audience: Some(Audience::Committee),
            lane: None,
            certainty: None,
            in_calendar: None,
            when: None,
        };
        assert_eq!(acting(&timeline, &[hidden]), Err(EditError::Needed));
    }
    let item = mark(&timeline, Mark::Orientation);
    assert!(acting(&timeline, &[Act::Cancel { item }]).is_ok());
}

#[test]
fn what_others_follow_cannot_be_deleted() {
    let timeline = with(
        with(founding(), milestone(11, "2018-07-01")),
        milestone(12, "2018-07-01"),
    );
    let anchor = Act::Anchor {
        item: id(12),
        rule: rule(id(11), Edge::End, 3),
    };
    let timeline = acting(&timeline, &[anchor]).unwrap();
    assert_eq!(
        acting(&timeline, &[Act::Delete { item: id(11) }]),
        Err(EditError::Followed { by: vec![id(12)] })
    );
}
