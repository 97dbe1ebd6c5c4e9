//! Times the solver on drawn instances that look like a mentoring program.
//!
//! `cargo run --release -p tandem-matching --example bench [-- SIZE …]` solves programs of so many
//! mentees, by default 50, 500 and 5000, cold and after changes. Times are of the processor where
//! the system tells them, else of the clock.
//!
//! `-- raw KIND SIZE SEED` writes an instance for other solvers: in 32-bit numbers, lowest byte
//! first, the mentees, the mentors, the places of each mentor and the table of scores, in which
//! the lowest number there is stands for a forbidden pair. `-- time KIND SIZE SEED` prints what
//! solving it for the greatest total takes, in milliseconds, and what comes out.

mod drawn;

use std::io::{Error, Result, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use drawn::{Drawn, Kind};
use tandem_matching::{
    Change, Instance, Live, Mentee, Mentor, Objective, Plan, Scores, certify, solve,
};

/// What is done again until it has taken this long, so that coarse clocks do.
const LONG_ENOUGH: Duration = Duration::from_millis(300);

/// How many mentors a mentee has in a sparse program.
const N_BEST: usize = 60;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut out = std::io::stdout();
    let done = match words[..] {
        ["raw", kind, size, seed] => {
            named(kind, size, seed).and_then(|drawn| write_raw(&mut out, &drawn))
        }
        ["time", kind, size, seed] => {
            named(kind, size, seed).and_then(|drawn| write_time(&mut out, drawn))
        }
        _ => write_report(&mut out, &words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn named(kind: &str, size: &str, seed: &str) -> Result<Drawn> {
    let kind = Kind::named(kind).ok_or_else(|| Error::other("rand, ties, mentor or scarce"))?;
    let size = size.parse().map_err(Error::other)?;
    Ok(Drawn::new(kind, size, seed.parse().map_err(Error::other)?))
}

fn instance(drawn: Drawn) -> Result<Instance> {
    let scores = Scores::full(drawn.capacity.len(), drawn.rows).map_err(Error::other)?;
    Instance::new(scores, drawn.capacity).map_err(Error::other)
}

fn write_raw(out: &mut impl Write, drawn: &Drawn) -> Result<()> {
    let count = |count: usize| i32::try_from(count).map_err(Error::other);
    let mut numbers = vec![count(drawn.rows.len())?, count(drawn.capacity.len())?];
    numbers.extend(drawn.capacity.iter().map(|places| places.cast_signed()));
    let cells = drawn.rows.iter().flatten();
    numbers.extend(cells.map(|score| score.unwrap_or(i32::MIN)));
    let bytes: Vec<u8> = numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    out.write_all(&bytes)
}

fn write_time(out: &mut impl Write, drawn: Drawn) -> Result<()> {
    let instance = instance(drawn)?;
    let (plan, took) = time(|| solve(&instance, Objective::Total));
    let value = plan.map_err(Error::other)?.value;
    writeln!(
        out,
        "{} {} {}",
        milliseconds(took),
        value.unmatched,
        value.total
    )
}

fn write_report(out: &mut impl Write, words: &[&str]) -> Result<()> {
    let mut sizes: Vec<u32> = Vec::new();
    for word in words {
        sizes.push(word.parse().map_err(Error::other)?);
    }
    if sizes.is_empty() {
        sizes = vec![50, 500, 5000];
    }
    writeln!(
        out,
        "mentees places objective  solve ms  proof ms  total  lowest  poor"
    )?;
    for size in sizes {
        let drawn = Drawn::new(Kind::Mentor, size, 3);
        let lists = best_of_each(&drawn.rows);
        let scores = Scores::lists(drawn.capacity.len(), lists).map_err(Error::other)?;
        let sparse = Instance::new(scores, drawn.capacity.clone()).map_err(Error::other)?;
        let full = instance(drawn)?;
        for (kind, instance) in [("full", &full), ("sparse", &sparse)] {
            report_cold(out, size, kind, instance)?;
        }
        report_changes(out, size, full)?;
    }
    Ok(())
}

/// For each mentee the mentors who suit them best, as a sparse program has them.
fn best_of_each(rows: &[Vec<Option<i32>>]) -> Vec<Vec<(Mentor, i32)>> {
    let list = |row: &Vec<Option<i32>>| {
        let pairs = (0..).map(Mentor).zip(row);
        let mut list: Vec<_> = pairs
            .filter_map(|(j, score)| Some((j, (*score)?)))
            .collect();
        list.sort_by_key(|&(j, score)| (-score, j));
        list.truncate(N_BEST);
        list
    };
    rows.iter().map(list).collect()
}

fn report_cold(out: &mut impl Write, size: u32, kind: &str, instance: &Instance) -> Result<()> {
    for (name, objective) in [
        ("total", Objective::Total),
        ("balanced", Objective::Balanced),
        ("max-min", Objective::MaxMin),
        ("blocking", Objective::FewestBlockingPairs),
    ] {
        let (plan, took) = time(|| solve(instance, objective));
        let plan: Plan = plan.map_err(Error::other)?;
        let (proof, to_prove) = time(|| certify(instance, &plan));
        proof.map_err(Error::other)?;
        let (value, solved, proven) = (plan.value, milliseconds(took), milliseconds(to_prove));
        writeln!(
            out,
            "{size:>7} {kind:<6} {name:<9} {solved:>9} {proven:>9}  {}  {}  {:?}",
            value.total,
            value.lowest.unwrap_or(0),
            value.below,
        )?;
    }
    Ok(())
}

/// Times changes of a kept plan: locks of other pairs, lost mentors, and questions.
fn report_changes(out: &mut impl Write, size: u32, instance: Instance) -> Result<()> {
    let n_mentors = u32::try_from(instance.n_mentors()).map_err(Error::other)?;
    let (mut live, built) = once(|| Live::new(instance, Objective::Balanced));
    writeln!(
        out,
        "{size:>7} balanced, kept: built in {} ms",
        milliseconds(built)
    )?;
    let live = live.as_mut().map_err(|error| Error::other(*error))?;
    let mut times = Vec::new();
    for at in 0..200u32 {
        let mentee = Mentee(at.wrapping_mul(7919) % size);
        let mentor = Mentor(at.wrapping_mul(104_729) % n_mentors);
        let before = Instant::now();
        if live.apply(Change::Lock(mentee, mentor)).is_ok() {
            times.push(before.elapsed());
            let before = Instant::now();
            live.apply(Change::Unlock(mentee)).map_err(Error::other)?;
            times.push(before.elapsed());
        }
    }
    times.sort_unstable();
    let share = |percent: usize| times.get((times.len() * percent / 100).min(times.len() - 1));
    let shown = |percent| share(percent).map_or(0.0, |took| milliseconds(*took));
    writeln!(
        out,
        "        lock or unlock, by the clock: half {} ms, 95 % {} ms, worst {} ms",
        shown(50),
        shown(95),
        shown(100)
    )?;
    let (_, took) = time(|| live.what_if(&[Change::Lose(Mentor(0))]));
    writeln!(out, "        a mentor lost: {} ms", milliseconds(took))?;
    let (_, took) = time(|| live.kindest_mentors(Mentee(0), 5));
    writeln!(
        out,
        "        five kindest mentors: {} ms",
        milliseconds(took)
    )?;
    let (_, took) = time(|| live.one_more_place());
    writeln!(
        out,
        "        one more place with each: {} ms",
        milliseconds(took)
    )
}

/// The time the processor has worked for this process, or the time that has passed.
fn now(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn once<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let before = now(start);
    let result = what();
    (result, now(start).saturating_sub(before))
}

/// Does something until it has taken long enough; the mean of the times.
fn time<T>(mut what: impl FnMut() -> T) -> (T, Duration) {
    let start = Instant::now();
    let before = now(start);
    let mut n_times = 1;
    let mut result = what();
    while now(start).saturating_sub(before) < LONG_ENOUGH {
        result = what();
        n_times += 1;
    }
    (result, now(start).saturating_sub(before) / n_times)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "times are shown to the thousandth"
)]
fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}
