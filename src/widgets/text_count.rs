//! How long a text is and may be. The number is for the eye at each letter; who listens hears it
//! after a pause, and only when the limit comes near.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use tandem_domain::form::count::{Standing, count, standing};
use tandem_domain::form::definition::{TextLimit, Unit};

const PAUSE: Duration = Duration::from_secs(1);

/// The line below a text.
#[component]
pub fn TextCount(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// How long it may be.
    limit: TextLimit,
) -> impl IntoView {
    let now = Memo::new(move |_| text.with(|text| count(text, limit.unit)));
    let spoken = RwSignal::new(String::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    Effect::new(move |seen: Option<()>| {
        let now = now.get();
        stop();
        // What was there already when the page came is not news.
        if seen.is_some() && is_close(now, limit) {
            let say = move || {
                spoken.try_set(count_words(now, limit));
            };
            timer.set_value(set_timeout_with_handle(say, PAUSE).ok());
        }
    });
    on_cleanup(stop);
    view! {
        <p class="text-count" data-standing=move || word(standing(now.get(), limit))>
            <span aria-hidden="true">{move || count_words(now.get(), limit)}</span>
            <span class="visually-hidden" role="status">
                {move || spoken.get()}
            </span>
        </p>
    }
}

/// "120 of 250 words", or by how much it is too long.
fn count_words(count: u32, limit: TextLimit) -> String {
    let unit = match limit.unit {
        Unit::Words => "words",
        Unit::Characters => "characters",
    };
    let max = limit.max;
    match (standing(count, limit), limit.min) {
        (Standing::OverHard, _) => {
            format!(
                "{count} of {max} {unit}: too long to send, by {}",
                count - limit.hard
            )
        }
        (Standing::Over, _) => {
            format!("{count} of {max} {unit}: a little long, and still accepted")
        }
        (Standing::Under, Some(min)) if count > 0 => {
            format!("{count} of {max} {unit}, at least {min}")
        }
        (_, Some(min)) if count == 0 => format!("{min} to {max} {unit}"),
        _ => format!("{count} of {max} {unit}"),
    }
}

fn is_close(count: u32, limit: TextLimit) -> bool {
    u64::from(count) * 10 >= u64::from(limit.max) * 8
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Under | Standing::Within => "within",
        Standing::Near => "near",
        Standing::Over => "over",
        Standing::OverHard => "over-hard",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: TextLimit = TextLimit {
        unit: Unit::Words,
        min: Some(50),
        max: 250,
        hard: 275,
    };

    #[test]
    fn the_line_says_where_the_text_stands() {
        assert_eq!(count_words(0, LIMIT), "50 to 250 words");
        assert_eq!(count_words(12, LIMIT), "12 of 250 words, at least 50");
        assert_eq!(count_words(120, LIMIT), "120 of 250 words");
        assert_eq!(
            count_words(260, LIMIT),
            "260 of 250 words: a little long, and still accepted"
        );
        assert_eq!(
            count_words(280, LIMIT),
            "280 of 250 words: too long to send, by 5"
        );
    }

    #[test]
    fn w_10_it_is_only_spoken_when_the_limit_comes_near() {
        assert!(!is_close(199, LIMIT));
        assert!(is_close(200, LIMIT));
    }
}
