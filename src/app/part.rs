//! The parts of the app by their screens. What the start page needs is there already.
//!
//! A screen stands in exactly one list below. Its wrapper has the name of the screen and stands in
//! the route table in its place. `src/loader.js` says at which addresses a part is loaded together
//! with the app, so that it need not be waited for.

use crate::part::part;

part! {
    /// Writing an application, and what became of it.
    apply:
    apply => ApplyArea,
    apply => ReviewPage,
    apply => StartPage,
    apply => StepPage,
    apply => SubmittedPage,
    apply => TasksPage,
    my_applications => MyApplicationsPage,
}

part! {
    /// Setting a program up, and reading and deciding applications.
    committee:
    committee::apart => ApartPage,
    committee::application => ApplicationPage,
    committee::applications => ApplicationsPage,
    committee::conflicts => ConflictsPage,
    committee::forms => FormsPage,
    committee::late_links => LateLinksPage,
    committee::overview => OverviewPage,
    manage => ManagePage,
    manage::days => DaysPage,
    manage::new_cohort => NewCohortPage,
    manage::next_cohort => NextCohortPage,
    manage::outbox => OutboxPage,
    manage::people => PeoplePage,
}

part! {
    /// Pairing.
    board:
    pairing => PairingPage,
}

part! {
    /// The dates as the committee sees them.
    timeline:
    timeline => TimelinePage,
}
