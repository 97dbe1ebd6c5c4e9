//! What may be typed after `cargo xtask`.

use std::path::PathBuf;

/// Shown for `--help` and after a mistyped word.
pub const USAGE: &str = "\
cargo xtask run  [--port N] [--data DIR] [--database-url URL] [--no-demo]
    Installs what is missing, builds Tandem and starts it on this machine.
    --port N            the port of 127.0.0.1 to listen on (8080)
    --data DIR          the folder that keeps the database (.data)
    --database-url URL  keep the data in this database instead; implies --no-demo
    --no-demo           start empty, without the demo program

cargo xtask test [--only STEP[,STEP]] [--spec NAME]
    Installs what only tests need and runs every check; CI runs this.
    --only STEP         only these steps: fmt, prettier, clippy, clippy-wasm, doc, build,
                        rust, rust-postgres, calendars, components, conformance, app, e2e,
                        e2e-postgres
    --spec NAME         of the browser tests only the files whose name holds NAME

cargo xtask dev  [--port N] [--data DIR] [--no-demo]
    Rebuilds and reloads the app as you edit it; the API answers on port 8080.
    --port N            the port of 127.0.0.1 for the app (8081)

cargo xtask parts
    What `trunk build --release` calls at its end: takes the app apart into the parts that are
    loaded when they are needed, and compresses every file.";

/// One of the commands.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Show what may be typed.
    Help,
    /// Build and start.
    Run(RunOptions),
    /// Check everything.
    Test(TestOptions),
    /// Rebuild while editing.
    Dev(DevOptions),
    /// Finish a build of trunk.
    Parts,
}

/// How to start.
#[derive(Debug, PartialEq, Eq)]
pub struct RunOptions {
    /// The port on loopback.
    pub port: u16,
    /// The data folder, if not the default one.
    pub data: Option<PathBuf>,
    /// Another database than the one in the data folder.
    pub database_url: Option<String>,
    /// Whether a new data folder gets the demo program.
    pub demo: bool,
}

/// What to check.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestOptions {
    /// Names of steps; all of them if empty.
    pub only: Vec<String>,
    /// A part of the names of the browser tests to run.
    pub spec: Option<String>,
}

/// How to serve while editing.
#[derive(Debug, PartialEq, Eq)]
pub struct DevOptions {
    /// The port of the app on loopback.
    pub port: u16,
    /// The data folder, if not the default one.
    pub data: Option<PathBuf>,
    /// Whether a new data folder gets the demo program.
    pub demo: bool,
}

/// Reads the words after `cargo xtask`.
pub fn parse(words: &[String]) -> Result<Task, String> {
    let mut words = Words(words.iter());
    let task = words.0.next().map(String::as_str);
    match task {
        Some("run") => parse_run(words).map(Task::Run),
        Some("test") => parse_test(words).map(Task::Test),
        Some("dev") => parse_dev(words).map(Task::Dev),
        Some("parts") if words.0.as_slice().is_empty() => Ok(Task::Parts),
        None | Some("help" | "--help" | "-h") => return Ok(Task::Help),
        Some(other) => Err(Stop::Mistake(format!("There is no command `{other}`."))),
    }
    .or_else(|stop| match stop {
        Stop::Help => Ok(Task::Help),
        Stop::Mistake(message) => Err(message),
    })
}

fn parse_run(mut words: Words<'_>) -> Result<RunOptions, Stop> {
    let mut options = RunOptions {
        port: 8080,
        data: None,
        database_url: None,
        demo: true,
    };
    while let Some((option, value)) = words.option() {
        match option {
            "--port" => options.port = words.port(option, value)?,
            "--data" => options.data = Some(words.value(option, value)?.into()),
            "--database-url" => {
                options.database_url = Some(words.value(option, value)?);
                options.demo = false;
            }
            "--no-demo" => options.demo = false,
            other => return Err(unknown("run", other)),
        }
    }
    Ok(options)
}

fn parse_test(mut words: Words<'_>) -> Result<TestOptions, Stop> {
    let mut options = TestOptions::default();
    while let Some((option, value)) = words.option() {
        match option {
            "--only" => {
                let names = words.value(option, value)?;
                options
                    .only
                    .extend(names.split(',').map(|name| name.trim().to_owned()));
            }
            "--spec" => options.spec = Some(words.value(option, value)?),
            other => return Err(unknown("test", other)),
        }
    }
    Ok(options)
}

fn parse_dev(mut words: Words<'_>) -> Result<DevOptions, Stop> {
    let mut options = DevOptions {
        port: 8081,
        data: None,
        demo: true,
    };
    while let Some((option, value)) = words.option() {
        match option {
            "--port" => options.port = words.port(option, value)?,
            "--data" => options.data = Some(words.value(option, value)?.into()),
            "--no-demo" => options.demo = false,
            other => return Err(unknown("dev", other)),
        }
    }
    Ok(options)
}

/// Why reading stopped before the last word.
enum Stop {
    Help,
    Mistake(String),
}

fn unknown(task: &str, option: &str) -> Stop {
    match option {
        "--help" | "-h" => Stop::Help,
        other => Stop::Mistake(format!("`cargo xtask {task}` takes no `{other}`.")),
    }
}

/// The words not read yet.
struct Words<'a>(std::slice::Iter<'a, String>);

impl<'a> Words<'a> {
    /// The next option, with the value if it was typed as `--option=value`.
    fn option(&mut self) -> Option<(&'a str, Option<&'a str>)> {
        let word = self.0.next()?;
        match word.split_once('=') {
            Some((option, value)) => Some((option, Some(value))),
            None => Some((word, None)),
        }
    }

    /// The value of an option, from the same word or the next.
    fn value(&mut self, option: &str, value: Option<&str>) -> Result<String, Stop> {
        value
            .or_else(|| self.0.next().map(String::as_str))
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .ok_or_else(|| Stop::Mistake(format!("`{option}` needs a value.")))
    }

    fn port(&mut self, option: &str, value: Option<&str>) -> Result<u16, Stop> {
        let value = self.value(option, value)?;
        match value.parse() {
            Ok(port) if port > 0 => Ok(port),
            _ => Err(Stop::Mistake(format!(
                "`{value}` is not a port: 1 to 65535."
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Task, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn a_plain_run_is_the_demo_on_port_8080() {
        let options = RunOptions {
            port: 8080,
            data: None,
            database_url: None,
            demo: true,
        };
        assert_eq!(parse_line("run"), Ok(Task::Run(options)));
    }

    #[test]
    fn values_follow_the_option_or_an_equals_sign() {
        assert_eq!(parse_line("run --port 9000"), parse_line("run --port=9000"));
        let Ok(Task::Run(options)) = parse_line("run --data=/srv/a=b") else {
            panic!("not a run")
        };
        assert_eq!(options.data, Some(PathBuf::from("/srv/a=b")));
    }

    #[test]
    fn another_database_starts_without_the_demo() {
        let line = "run --database-url postgres://localhost/tandem?sslmode=require";
        let Ok(Task::Run(options)) = parse_line(line) else {
            panic!("not a run")
        };
        assert!(!options.demo);
        let url = "postgres://localhost/tandem?sslmode=require";
        assert_eq!(options.database_url.as_deref(), Some(url));
    }

    #[test]
    fn steps_may_be_listed_or_repeated() {
        let only = ["fmt", "rust", "e2e"].map(str::to_owned).to_vec();
        let expected = Ok(Task::Test(TestOptions { only, spec: None }));
        assert_eq!(parse_line("test --only fmt,rust --only e2e"), expected);
    }

    #[test]
    fn the_dev_app_stands_beside_the_server() {
        let options = DevOptions {
            port: 8081,
            data: None,
            demo: true,
        };
        assert_eq!(parse_line("dev"), Ok(Task::Dev(options)));
    }

    #[test]
    fn a_mistake_is_named() {
        assert_eq!(
            parse_line("rnu"),
            Err("There is no command `rnu`.".to_owned())
        );
        assert_eq!(
            parse_line("run --prot 1"),
            Err("`cargo xtask run` takes no `--prot`.".into())
        );
        assert_eq!(
            parse_line("run --port"),
            Err("`--port` needs a value.".to_owned())
        );
        assert_eq!(
            parse_line("run --port 0"),
            Err("`0` is not a port: 1 to 65535.".to_owned())
        );
        assert_eq!(
            parse_line("test --only"),
            Err("`--only` needs a value.".to_owned())
        );
    }

    #[test]
    fn help_is_no_mistake() {
        for line in ["", "help", "--help", "run --help", "test -h"] {
            assert_eq!(parse_line(line), Ok(Task::Help), "{line}");
        }
    }
}
