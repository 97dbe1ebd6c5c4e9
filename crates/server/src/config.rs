//! What the operator sets, by command line or environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::store::Location;

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// Folder of the SQLite database and other files of the server.
    #[arg(
        long = "data",
        value_name = "DIR",
        env = "TANDEM_DATA",
        default_value = "data"
    )]
    pub folder: PathBuf,
    /// Another database: `postgres://…`, or `sqlite:FILE`.
    #[arg(long, value_name = "URL", env = "TANDEM_DATABASE_URL")]
    pub database_url: Option<Location>,
}

impl Data {
    /// The database these settings mean.
    pub fn location(&self) -> Location {
        self.database_url
            .clone()
            .unwrap_or_else(|| Location::in_folder(&self.folder))
    }
}

/// How the server serves.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Where the data is.
    #[command(flatten)]
    pub data: Data,
    /// Address to listen on; port 0 takes a free one.
    #[arg(
        long,
        value_name = "ADDR:PORT",
        env = "TANDEM_BIND",
        default_value = "127.0.0.1:8080"
    )]
    pub bind: SocketAddr,
    /// Folder of the built app, served beside the API.
    #[arg(long, value_name = "DIR", env = "TANDEM_WEB")]
    pub web: Option<PathBuf>,
    /// The address people use, such as `https://mentoring.example.org`. Goes into mails.
    #[arg(long, value_name = "URL", env = "TANDEM_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Where mails go, such as `smtps://user:password@mail.example.org`. Without it they stay on
    /// the server, and the officer reads them on the outbox page.
    #[arg(
        long,
        value_name = "URL",
        env = "TANDEM_SMTP_URL",
        hide_env_values = true
    )]
    pub smtp_url: Option<String>,
    /// The sender of mails, such as `Mentoring <mentoring@example.org>`.
    #[arg(long, value_name = "ADDRESS", env = "TANDEM_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Take the client's address from `X-Forwarded-For`: only behind a proxy that sets it.
    #[arg(long, env = "TANDEM_TRUST_PROXY")]
    pub trust_proxy: bool,
    /// Serve people on other machines without https. Passwords of nobody, but sessions and
    /// applications, can then be read on the way.
    #[arg(long, env = "TANDEM_INSECURE")]
    pub insecure: bool,
    /// A hundred times as many sign-in requests. On loopback only, for tests.
    #[arg(long, hide = true)]
    pub relaxed_limits: bool,
}

/// What the running server needs to know of all that.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address people use, without a slash at the end.
    pub public_url: String,
    /// Folder of the built app.
    pub web: Option<PathBuf>,
    /// Where mails go; none keeps them on the server.
    pub smtp_url: Option<String>,
    /// The sender of mails.
    pub mail_from: String,
    /// Whether to believe `X-Forwarded-For`.
    pub trust_proxy: bool,
    /// A hundred times as many sign-in requests.
    pub relaxed_limits: bool,
}

impl Config {
    /// Settings of a server at `public_url` that keeps its mails.
    pub fn local(public_url: &str) -> Self {
        Self {
            public_url: public_url.trim_end_matches('/').to_owned(),
            web: None,
            smtp_url: None,
            mail_from: "Tandem <tandem@localhost>".to_owned(),
            trust_proxy: false,
            relaxed_limits: false,
        }
    }

    /// Whether people reach the server by https, so that cookies can be `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
