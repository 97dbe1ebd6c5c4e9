//! How long there is left, on every page of an application in its last day: in words, and said
//! politely an hour, a quarter of an hour and five minutes before.

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::dom::announce;
use crate::pages::apply::state::ApplyState;
use crate::session::Session;
use crate::ui::date_words::time_left;
use crate::widgets::deadline::official;

/// The line. Nothing while there is more than a day, or once nothing can be changed.
#[component]
pub fn Countdown() -> impl IntoView {
    let state = ApplyState::expect();
    let application = state.application();
    let is_editable = state.is_editable();
    let now = Session::expect().program_time();
    let left = Memo::new(move |_| {
        let closes = application.with(|own| own.closes.instant);
        let now = now.get();
        let is_near = is_editable.get() && closes - now <= TimeDelta::days(1);
        // Past the announced moment, only the server says when it is too late.
        is_near.then(|| time_left(closes, now))
    });
    let mark = Memo::new(move |_| {
        let closes = application.with(|own| own.closes.instant);
        is_editable
            .get()
            .then(|| mark(closes - now.get()))
            .flatten()
    });
    Effect::new(move |before: Option<Option<i64>>| {
        let mark = mark.get();
        // What was so when the page came is on it already.
        if let (Some(before), Some(minutes)) = (before, mark)
            && before.is_none_or(|before| minutes < before)
        {
            announce::polite(&said(minutes));
        }
        mark
    });
    move || {
        left.get().map(|left| {
            let until = application.with_untracked(|own| official(&own.closes));
            let words = match left {
                Some(left) => format!("{left}: applications close on {until}."),
                None => format!(
                    "The announced deadline, {until}, has passed. What you wrote stays on this page."
                ),
            };
            view! { <p class="apply__left">{words}</p> }
        })
    }
}

/// The last of the moments, in minutes before the end, that has come.
fn mark(left: TimeDelta) -> Option<i64> {
    let is_over = left <= TimeDelta::zero();
    let come = [5, 15, 60]
        .into_iter()
        .find(|minutes| left <= TimeDelta::minutes(*minutes));
    come.filter(|_| !is_over)
}

fn said(minutes: i64) -> String {
    format!("Applications close in {minutes} minutes.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_moments_are_said() {
        let at = |minutes| mark(TimeDelta::minutes(minutes));
        assert_eq!(at(61), None);
        assert_eq!((at(60), at(16)), (Some(60), Some(60)));
        assert_eq!((at(15), at(6)), (Some(15), Some(15)));
        assert_eq!((at(5), at(1)), (Some(5), Some(5)));
        assert_eq!(at(0), None);
    }
}
