//! What the page says before the app runs, and where it cannot run: program, call, dates.

use tandem_domain::cohort::CohortState;

use crate::app::App;
use crate::store::cohorts::{self, Cohort};
use crate::store::programs::{self, Program};
use crate::store::{StoreError, Stored};

/// Writes the notice as HTML. Everything people wrote is escaped.
pub async fn write(app: &App) -> Stored<String> {
    let programs = app
        .store
        .read(|tx| async move {
            let mut found = Vec::new();
            for program in programs::all(&tx).await? {
                let cohorts = cohorts::of_program(&tx, program.id).await?;
                found.push((program, cohorts));
            }
            Ok::<_, StoreError>(found)
        })
        .await?;
    Ok(programs
        .iter()
        .map(|(program, cohorts)| section(program, cohorts))
        .collect())
}

fn section(program: &Program, cohorts: &[Cohort]) -> String {
    let calls: String = cohorts
        .iter()
        .find(|cohort| !matches!(cohort.state, CohortState::Draft | CohortState::Cancelled))
        .map(call)
        .into_iter()
        .collect();
    format!(
        "<section><h2>{}</h2><p>{}</p><p>{}</p>{calls}<p>Questions: {}</p></section>",
        escape(&program.name),
        escape(&program.association),
        escape(&program.about),
        escape(&program.contact),
    )
}

fn call(cohort: &Cohort) -> String {
    let calendar = &cohort.calendar;
    let day = |day: chrono::NaiveDate| day.format("%A, %B %-d, %Y").to_string();
    let opens = crate::zone::today(calendar.opens, &cohort.zone)
        .map(day)
        .unwrap_or_default();
    // The last minute that counts, as the app words it.
    let last = calendar.closes.civil - chrono::Duration::minutes(1);
    let zone = if calendar.closes.zone.is_aoe() {
        "Anywhere on Earth".to_owned()
    } else {
        let zone = &calendar.closes.zone.0;
        let city = zone.rsplit('/').next().unwrap_or(zone);
        format!("{} time", city.replace('_', " "))
    };
    format!(
        "<h3>{}</h3><dl><dt>Call opens</dt><dd>{opens}</dd>\
         <dt>Applications close</dt><dd>{}, {}</dd>\
         <dt>Pairing complete</dt><dd>{}</dd><dt>Program</dt><dd>{} to {}</dd></dl>",
        escape(&cohort.title),
        last.format("%A, %B %-d, %Y, %-I:%M %p"),
        escape(&zone),
        day(calendar.pairing_complete),
        day(calendar.starts),
        day(calendar.ends),
    )
}

fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut html, letter| {
            match letter {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                other => html.push(other),
            }
            html
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_never_becomes_markup() {
        assert_eq!(
            escape("<b a=\"1\">&'"),
            "&lt;b a=&quot;1&quot;&gt;&amp;&#39;"
        );
    }
}
