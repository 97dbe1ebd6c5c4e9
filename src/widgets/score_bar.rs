//! How well two people fit, told three ways at once: a number, a word and five steps. Never by
//! colour alone.

use leptos::prelude::*;
use tandem_domain::score::Band;

/// The number people read: 0 to 100. Rounded down, so that it never contradicts its word.
pub fn shown(score: u16) -> u16 {
    score / 10
}

/// The number with its fraction, where parts must add up: "84.5".
pub fn exact(score: u16) -> String {
    match score % 10 {
        0 => (score / 10).to_string(),
        tenth => format!("{}.{tenth}", score / 10),
    }
}

/// The word for a score.
pub fn word(score: u16) -> &'static str {
    band_word(Band::of(score))
}

/// The word for a band.
pub fn band_word(band: Band) -> &'static str {
    match band {
        Band::Strong => "strong",
        Band::Good => "good",
        Band::Fair => "fair",
        Band::Weak => "weak",
    }
}

/// How many of the five steps are filled.
fn n_steps(score: u16) -> u16 {
    match Band::of(score) {
        Band::Strong => 5,
        Band::Good => 4,
        Band::Fair => 3,
        Band::Weak if score >= 250 => 2,
        Band::Weak => 1,
    }
}

/// A score.
#[component]
pub fn ScoreBar(
    /// 0 to 1000.
    #[prop(into)]
    score: Signal<u16>,
) -> impl IntoView {
    let step = move |step: u16| {
        view! {
            <span
                class="score-bar__step"
                data-filled=move || (n_steps(score.get()) >= step).then_some("true")
            ></span>
        }
    };
    view! {
        <span class="score-bar" data-band=move || word(score.get())>
            <span class="score-bar__number">{move || shown(score.get())}</span>
            <span class="score-bar__word">{move || word(score.get())}</span>
            <span class="score-bar__steps" aria-hidden="true">
                {(1..=5).map(step).collect_view()}
            </span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_never_contradicts_its_word() {
        assert_eq!((shown(849), word(849)), (84, "good"));
        assert_eq!((shown(850), word(850)), (85, "strong"));
        assert_eq!((shown(699), word(699)), (69, "fair"));
        assert_eq!((shown(499), word(499)), (49, "weak"));
    }

    #[test]
    fn fractions_show_only_where_there_are_any() {
        assert_eq!(exact(845), "84.5");
        assert_eq!(exact(840), "84");
        assert_eq!(exact(7), "0.7");
        assert_eq!(exact(1000), "100");
    }

    #[test]
    fn a_better_band_fills_more_steps() {
        let steps: Vec<u16> = [0, 300, 500, 700, 850].map(n_steps).to_vec();
        assert_eq!(steps, [1, 2, 3, 4, 5]);
    }
}
