//! The server as a process: listens, says where, and stops without cutting anybody off.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use anyhow::{Context, bail};
use axum_server::Handle;
use tokio::sync::watch;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Serve};

/// How long a client may take to send the head of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// How long requests under way may still take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);

pub(super) async fn serve(options: Serve) -> anyhow::Result<()> {
    let store = super::open(&options.data).await?;
    let listener = TcpListener::bind(options.bind)
        .with_context(|| format!("cannot listen on {}", options.bind))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let config = config(&options, address)?;
    let app = App::new(store.clone(), Clock::system(), config).await?;
    if app.demo && !address.ip().is_loopback() {
        bail!("a demonstration is served on loopback only, not on {address}");
    }

    let is_demo = app.demo;
    let (stop, stopping) = watch::channel(false);
    let live = tokio::spawn(app.live.clone().run(stopping.clone()));
    let worker = tokio::spawn(crate::mail::worker::run(app.clone(), stopping.clone()));
    let forgetting = tokio::spawn(crate::forget::run(app.clone(), stopping.clone()));
    let reminding = tokio::spawn(crate::reminders::run(app.clone(), stopping));
    let handle = Handle::new();
    let mut server = axum_server::from_tcp(listener)?.handle(handle.clone());
    server
        .http_builder()
        .http1()
        .timer(hyper_util::rt::TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT);
    let router = crate::http::app(app)?;
    let serving =
        tokio::spawn(server.serve(router.into_make_service_with_connect_info::<SocketAddr>()));
    // Heard from now on: whoever reads the line may stop the server at once.
    let told_to_stop = told_to_stop()?;
    say(address);
    if is_demo {
        say_demo(address);
    }

    told_to_stop.await;
    tracing::info!("stopping");
    stop.send_replace(true);
    handle.graceful_shutdown(Some(DRAIN));
    serving.await??;
    live.await??;
    worker.await?;
    forgetting.await?;
    reminding.await?;
    store.close().await?;
    Ok(())
}

#[expect(
    clippy::print_stdout,
    reason = "whoever started the server waits for this line"
)]
fn say(address: SocketAddr) {
    println!("listening on http://{address}");
}

/// Says the way into a demonstration. Whoever started it may have stopped listening by now.
fn say_demo(address: SocketAddr) {
    let words = format!(
        "This is a demonstration with fictional people. Choose an account to sign in with, set \
         the day and read its mails at http://{address}/demo\n"
    );
    std::io::stdout().write_all(words.as_bytes()).ok();
}

fn config(options: &Serve, address: SocketAddr) -> anyhow::Result<Config> {
    let on_loopback = address.ip().is_loopback();
    let public_url = options
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let mut config = Config::local(&public_url);
    let https = config.is_https();
    if !https && !public_url.starts_with("http://") {
        bail!("the public URL begins with https:// (or http://), not {public_url:?}");
    }
    if !https && !on_loopback && !options.insecure {
        bail!(
            "serving other machines needs https: put a proxy in front and say \
             --public-url https://…, or say --insecure"
        );
    }
    if options.relaxed_limits && !on_loopback {
        bail!("relaxed limits are for tests on loopback");
    }
    config.web.clone_from(&options.web);
    config.smtp_url.clone_from(&options.smtp_url);
    if let Some(sender) = &options.mail_from {
        config.mail_from.clone_from(sender);
    }
    config.trust_proxy = options.trust_proxy;
    if https && !options.trust_proxy {
        // It speaks no TLS itself, so somebody else does.
        tracing::warn!(
            "all people behind a proxy count as one and share its limits; if the proxy sets \
             X-Forwarded-For, say --trust-proxy"
        );
    }
    config.relaxed_limits = options.relaxed_limits;
    Ok(config)
}

/// Begins to listen for the signals that end the server. Ends when one came.
#[cfg(unix)]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}

/// Begins to listen for the signal that ends the server. Ends when it came.
#[cfg(windows)]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}
