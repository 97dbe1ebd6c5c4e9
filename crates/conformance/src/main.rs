//! `tandem-conformance whole|plain SEED COUNT`: prints the cases, one JSON object a line.

use std::io::Write;
use std::process::ExitCode;

use tandem_conformance::{Set, lines};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked = match words.as_slice() {
        [set, seed, count] => Set::named(set)
            .zip(seed.parse().ok())
            .zip(count.parse().ok()),
        _ => None,
    };
    let Some(((set, seed), count)) = asked else {
        eprintln!("usage: tandem-conformance whole|plain SEED COUNT");
        return ExitCode::from(2);
    };
    let printed = lines(set, seed, count)
        .map_err(|error| error.to_string())
        .and_then(|lines| {
            std::io::stdout()
                .write_all(lines.as_bytes())
                .map_err(|error| error.to_string())
        });
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
