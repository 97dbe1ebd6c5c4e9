//! The command line of the server.

use clap::Parser;
use tandem_server::command::Command;
use tracing_subscriber::EnvFilter;

/// Mentoring programs for professional associations.
#[derive(Debug, Parser)]
#[command(name = "tandem-server", version)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let line = Line::parse();
    let filter = EnvFilter::try_from_env("TANDEM_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    line.command.run().await
}
