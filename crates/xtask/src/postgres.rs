//! A throw-away PostgreSQL for the tests: its own folder, its own port of loopback, gone at the end.

use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use crate::command;
use crate::failure::{Failure, Outcome};
use crate::system;

/// The start of the names of all such folders.
const FOLDER: &str = "tandem-test-postgres-";

/// A running server; dropping it stops it and deletes its data.
pub struct Postgres {
    programs: PathBuf,
    server: Child,
    port: u16,
    /// Dropped after the server has been stopped.
    folder: Folder,
}

impl Postgres {
    /// Makes a cluster and starts it.
    pub fn start() -> Outcome<Self> {
        let programs = programs_folder()
            .ok_or_else(|| Failure::new("PostgreSQL's initdb and postgres are not there"))?;
        delete_left_over();
        let folder = Folder::make()?;
        command::step(&format!(
            "Starting a throw-away PostgreSQL in {}",
            folder.0.display()
        ));
        folder.fill(&programs.join("initdb"))?;
        let (server, port) = folder
            .serve(&programs.join("postgres"))
            .map_err(|error| Failure::new(format!("could not start PostgreSQL: {error}")))?;
        let mut postgres = Self {
            programs,
            server,
            port,
            folder,
        };
        postgres.wait_until_ready()?;
        Ok(postgres)
    }

    /// How a client reaches it, as a user who may create databases.
    pub fn url(&self) -> String {
        format!("postgres://tandem@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self) -> Outcome {
        let port = self.port.to_string();
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let mut ready = Command::new(self.programs.join("pg_isready"));
            if command::read(ready.args(["-h", "127.0.0.1", "-p", &port])).is_some() {
                return Ok(());
            }
            if !matches!(self.server.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.0.join("log")).unwrap_or_default();
        Err(Failure::new(format!("PostgreSQL did not start:\n{log}")))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Nothing in it is kept, so there is no need to let it write anything down.
        let mut stop = as_postgres(&self.folder.0, &self.programs.join("pg_ctl"));
        let stopped = command::read(stop.args(["stop", "-m", "immediate", "-D", "data"]));
        if stopped.is_none() {
            drop(self.server.kill());
        }
        drop(self.server.wait());
    }
}

/// The folder of a cluster, deleted when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Outcome<Self> {
        let path = std::env::temp_dir().join(format!("{FOLDER}{}", std::process::id()));
        fs::create_dir_all(&path)
            .map_err(|error| Failure::new(format!("could not make {}: {error}", path.display())))?;
        let folder = Self(path);
        if system::is_root() {
            command::run(
                Command::new("chown")
                    .arg("postgres:postgres")
                    .arg(&folder.0),
            )?;
        }
        Ok(folder)
    }

    fn fill(&self, initdb: &Path) -> Outcome {
        let made = as_postgres(&self.0, initdb)
            .args([
                "--auth=trust",
                "--username=tandem",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ])
            .args(["--no-sync", "-D", "data"])
            .output()
            .map_err(|error| Failure::new(format!("could not start initdb: {error}")))?;
        if made.status.success() {
            return Ok(());
        }
        let reason = String::from_utf8_lossy(&made.stderr).into_owned();
        Err(Failure::new(format!("initdb failed: {reason}")))
    }

    fn serve(&self, postgres: &Path) -> std::io::Result<(Child, u16)> {
        let port = free_port()?;
        let server = as_postgres(&self.0, postgres)
            .args([
                "-D",
                "data",
                "-p",
                &port.to_string(),
                "-c",
                "listen_addresses=127.0.0.1",
            ])
            .args([
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=200",
            ])
            .args([
                "-c",
                "fsync=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "full_page_writes=off",
            ])
            .stderr(fs::File::create(self.0.join("log"))?)
            .spawn()?;
        Ok((server, port))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be deleted now is deleted by the next run.
        drop(fs::remove_dir_all(&self.0));
    }
}

/// The folder with the programs of the newest PostgreSQL.
pub fn programs_folder() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let newest = versions
        .map(|entry| entry.path())
        .filter(|folder| folder.join("bin/initdb").is_file())
        .max_by_key(|folder| version_number(folder.file_name()));
    newest
        .map(|folder| folder.join("bin"))
        .or_else(|| command::on_path("initdb").and_then(|file| Some(file.parent()?.to_path_buf())))
}

fn version_number(folder: Option<&OsStr>) -> Option<u32> {
    folder?.to_str()?.parse().ok()
}

/// PostgreSQL refuses to run as root: as root, its program runs as the user that Debian's package
/// makes. It ends with this process, however this process ends.
fn as_postgres(folder: &Path, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if system::is_root() {
        command.args([
            "--reuid",
            "postgres",
            "--regid",
            "postgres",
            "--clear-groups",
        ]);
    }
    command
        .args(["--pdeathsig", "INT", "--"])
        .arg(program)
        .current_dir(folder);
    command
}

fn free_port() -> std::io::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}

/// Deletes the folders of test runs that were killed.
fn delete_left_over() {
    for entry in fs::read_dir(std::env::temp_dir())
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(FOLDER));
        let has_ended = |pid| !Path::new("/proc").join(pid).exists();
        if owner.is_some_and(has_ended) && Path::new("/proc/self").exists() {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_the_largest_number() {
        let number = |name: &str| version_number(Some(OsStr::new(name)));
        assert!(number("9") < number("15"));
        assert_eq!(number("old"), None);
    }
}
