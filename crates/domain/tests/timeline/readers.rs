//! Who sees what, and what is news to whom.

use tandem_domain::form::locale::L10n;
use tandem_domain::role::Role;
use tandem_domain::timeline::news::{News, news};
use tandem_domain::timeline::reader::Reader;
use tandem_domain::timeline::wish::{Act, Edit, Wish};
use tandem_domain::timeline::{Audience, Edge, Item, Mark, Status};

use super::support::{TODAY, announced, id, mark, milestone, to, try_wish, with};

#[test]
fn nobody_but_the_committee_sees_what_is_planned() {
    let mentor = Reader::taking_part(Role::Mentor);
    let mentee = Reader::taking_part(Role::Mentee);
    let readers = [Reader::visitor(), mentee, mentor, Reader::committee()];
    #[rustfmt::skip]
    let table = [
        (Audience::Public,       [true,  true,  true,  true]),
        (Audience::Participants, [false, true,  true,  true]),
        (Audience::Mentees,      [false, true,  false, true]),
        (Audience::Mentors,      [false, false, true,  true]),
        (Audience::Committee,    [false, false, false, true]),
    ];
    for (audience, sees) in table {
        let mut item = milestone(1, TODAY);
        item.audience = audience;
        let seen = |item: &Item| readers.each_ref().map(|reader| reader.sees(item));
        assert_eq!(seen(&item), [false, false, false, true], "{audience:?}");
        for status in [Status::Announced, Status::Done, Status::Cancelled] {
            item.status = status;
            assert_eq!(seen(&item), sees, "{audience:?} {status:?}");
        }
    }
}

#[test]
fn a_date_is_news_and_a_name_is_not() {
    let before = with(announced(), milestone(9, "2018-07-01"));
    let of_change = |acts: &[Act], edits: &[Edit], reader: &Reader| {
        let wish = Wish {
            acts: acts.to_vec(),
            edits: edits.to_vec(),
            ..Wish::default()
        };
        let delta = try_wish(&before, &wish).unwrap().delta();
        let changed = delta.items.iter();
        changed
            .filter_map(|one| news(one, reader))
            .collect::<Vec<_>>()
    };
    let visitor = Reader::visitor();
    let item = id(9);
    let announce = [Act::Announce { item }];
    assert_eq!(of_change(&announce, &[], &visitor), [News::Announced]);
    let planned = [to(item, Edge::End, "2018-07-02")];
    assert_eq!(of_change(&[], &planned, &Reader::committee()), []);
    let orientation = mark(&before, Mark::Orientation);
    let moved = [to(orientation, Edge::End, "2018-05-26")];
    assert_eq!(of_change(&[], &moved, &visitor), [News::Moved]);
    let cancelled = [Act::Cancel { item: orientation }];
    assert_eq!(of_change(&cancelled, &[], &visitor), [News::Cancelled]);
    let edit = |title: Option<&str>, audience| Act::Edit {
        item: orientation,
        title: title.map(L10n::english),
        body: None,
        audience,
        lane: None,
        certainty: None,
        in_calendar: None,
        when: None,
    };
    assert_eq!(of_change(&[edit(Some("Welcome"), None)], &[], &visitor), []);
    let narrowed = [edit(None, Some(Audience::Committee))];
    assert_eq!(of_change(&narrowed, &[], &visitor), [News::TakenBack]);
}
