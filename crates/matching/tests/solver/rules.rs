//! What an instance refuses.

use tandem_matching::{Instance, InstanceError, Keep, Mentee, Mentor, ScoreError, Scores};

fn two_by_two() -> Instance {
    let rows = vec![vec![Some(5), None], vec![Some(6), Some(7)]];
    Instance::new(Scores::full(2, rows).unwrap(), vec![1, 0]).unwrap()
}

#[test]
fn scores_are_one_for_each_mentor_and_within_the_limit() {
    let ragged = Scores::full(2, vec![vec![None, None], vec![None]]);
    let (mentee, found, expected) = (Mentee(1), 1, 2);
    assert_eq!(
        ragged,
        Err(ScoreError::Ragged {
            mentee,
            found,
            expected
        })
    );
    let (mentee, mentor, score) = (Mentee(0), Mentor(0), 1_000_001);
    let error = ScoreError::OutOfRange {
        mentee,
        mentor,
        score,
    };
    assert_eq!(Scores::full(1, vec![vec![Some(score)]]), Err(error));
    assert_eq!(Scores::lists(1, vec![vec![(mentor, score)]]), Err(error));
    assert!(Scores::full(1, vec![vec![Some(i32::MIN)]]).is_err());
}

#[test]
fn a_list_names_mentors_who_exist_and_each_once() {
    let (mentee, mentor) = (Mentee(0), Mentor(2));
    let unknown = Scores::lists(2, vec![vec![(mentor, 1)]]);
    assert_eq!(unknown, Err(ScoreError::NoSuchMentor { mentee, mentor }));
    let mentor = Mentor(1);
    let twice = Scores::lists(2, vec![vec![(mentor, 1), (Mentor(0), 1), (mentor, 2)]]);
    assert_eq!(twice, Err(ScoreError::Twice { mentee, mentor }));
}

#[test]
fn a_lock_needs_a_pair_that_may_be_and_a_place() {
    let mut instance = two_by_two();
    let forbidden = InstanceError::LockForbidden(Mentee(0), Mentor(1));
    assert_eq!(instance.lock(Mentee(0), Mentor(1)), Err(forbidden));
    let full = InstanceError::LocksAboveCapacity(Mentor(1));
    assert_eq!(instance.lock(Mentee(1), Mentor(1)), Err(full));
    let nobody = InstanceError::NoSuchMentee(Mentee(2));
    assert_eq!(instance.lock(Mentee(2), Mentor(0)), Err(nobody));
    let nobody = InstanceError::NoSuchMentor(Mentor(2));
    assert_eq!(instance.lock(Mentee(0), Mentor(2)), Err(nobody));
    assert_eq!(instance.lock(Mentee(0), Mentor(0)), Ok(()));
    let twice = InstanceError::LockedTwice(Mentee(0));
    assert_eq!(instance.lock(Mentee(0), Mentor(0)), Err(twice));
    let full = InstanceError::LocksAboveCapacity(Mentor(0));
    assert_eq!(instance.lock(Mentee(1), Mentor(0)), Err(full));
}

#[test]
fn lists_have_one_entry_for_each_person() {
    let length = |found, expected| InstanceError::Length { found, expected };
    let scores = Scores::full(2, vec![vec![None, None]]).unwrap();
    let capacities = Instance::new(scores.clone(), vec![1]).unwrap_err();
    let (found, expected) = (1, 2);
    assert_eq!(capacities, InstanceError::Capacities { found, expected });
    let keys = two_by_two().with_keys(vec![1], vec![1, 2]).unwrap_err();
    assert_eq!(keys, length(1, 2));
    let scores = two_by_two().with_mentor_scores(scores).unwrap_err();
    assert_eq!(scores, length(1, 2));
    let reference = two_by_two().with_reference(vec![None], Keep::First);
    assert_eq!(reference.unwrap_err(), length(1, 2));
}

#[test]
fn load_never_gets_cheaper_and_changes_never_pay() {
    assert_eq!(
        two_by_two().with_load(&[5, 4]).unwrap_err(),
        InstanceError::Load
    );
    assert_eq!(
        two_by_two().with_load(&[-1]).unwrap_err(),
        InstanceError::Load
    );
    assert!(two_by_two().with_load(&[0, 40, 40, 80]).is_ok());
    let reference = vec![None, Some(Mentor(0))];
    let paid = two_by_two().with_reference(reference, Keep::Points(-1));
    assert_eq!(paid.unwrap_err(), InstanceError::ChangePoints);
    let unknown = two_by_two().with_reference(vec![None, Some(Mentor(9))], Keep::First);
    assert_eq!(unknown.unwrap_err(), InstanceError::NoSuchMentor(Mentor(9)));
}
