//! Times in the reader's own zone, as the browser's `Intl` knows it.

use chrono::{DateTime, Utc};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The IANA name of the reader's zone, such as `Pacific/Guam`.
pub fn reader_zone() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_default()
}

/// The IANA names of the zones that this browser knows; none in a browser that does not say.
pub fn zones() -> Vec<String> {
    let list = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let known: Function = Reflect::get(&intl, &"supportedValuesOf".into())
            .ok()?
            .dyn_into()
            .ok()?;
        known.call1(&intl, &"timeZone".into()).ok()
    };
    list().map_or_else(Vec::new, |names| {
        Array::from(&names)
            .iter()
            .filter_map(|name| name.as_string())
            .collect()
    })
}

/// A moment in the reader's zone: "Saturday, March 3, 2018, 6:59 AM".
pub fn moment_for_reader(at: DateTime<Utc>) -> String {
    format_with(at, &MOMENT)
}

/// The same in another zone. Empty for a name the browser does not know.
pub fn moment_in(zone: &str, at: DateTime<Utc>) -> String {
    let [weekday, year, month, day, hour, minute] = MOMENT;
    let of_zone = ("timeZone", zone);
    format_with(at, &[of_zone, weekday, year, month, day, hour, minute])
}

const MOMENT: [(&str, &str); 6] = [
    ("weekday", "long"),
    ("year", "numeric"),
    ("month", "long"),
    ("day", "numeric"),
    ("hour", "numeric"),
    ("minute", "2-digit"),
];

/// The time of day in the reader's zone: "6:59 AM".
pub fn time_for_reader(at: DateTime<Utc>) -> String {
    format_with(at, &[("hour", "numeric"), ("minute", "2-digit")])
}

/// A moment in another zone, with its weekday: "Monday 6:05 PM". Empty for a name the browser
/// does not know.
pub fn weekday_and_time_in(zone: &str, at: DateTime<Utc>) -> String {
    format_with(
        at,
        &[
            ("timeZone", zone),
            ("weekday", "long"),
            ("hour", "numeric"),
            ("minute", "2-digit"),
        ],
    )
}

/// The civil day in a zone at a moment, as numbers: "3/2/2018". Empty for a name the browser does
/// not know.
pub fn numeric_day_in(zone: &str, at: DateTime<Utc>) -> String {
    format_with(
        at,
        &[
            ("timeZone", zone),
            ("year", "numeric"),
            ("month", "numeric"),
            ("day", "numeric"),
        ],
    )
}

/// Built through `Reflect`, because the constructor throws for a zone it does not know.
fn format_with(at: DateTime<Utc>, options: &[(&str, &str)]) -> String {
    try_format(at, options).unwrap_or_default()
}

fn try_format(at: DateTime<Utc>, options: &[(&str, &str)]) -> Result<String, JsValue> {
    let settings = Object::new();
    for (name, value) in options {
        Reflect::set(&settings, &(*name).into(), &(*value).into())?;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of our days fit a double"
    )]
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let constructor: Function = Reflect::get(&intl, &"DateTimeFormat".into())?.dyn_into()?;
    let locales = Array::of1(&"en-US".into());
    let format = Reflect::construct(&constructor, &Array::of2(&locales, &settings))?;
    let write: Function = Reflect::get(&format, &"format".into())?.dyn_into()?;
    Ok(write.call1(&format, &date)?.as_string().unwrap_or_default())
}
