//! Under which names a demonstration answers: those of this machine alone.
//!
//! Its accounts open with one click. A page of another site that has its own name lead to this
//! machine would be "the same site" to a browser, and could click; but the browser still says the
//! name it was told.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::Response;
use tandem_api::problem::Code;

use crate::app::App;
use crate::error::plain;

/// Refuses requests to a demonstration under a name that others may have given it. Servers that are
/// no demonstration answer under whatever name leads to them.
pub async fn of_this_machine(State(app): State<App>, request: Request, next: Next) -> Response {
    if app.demo && !is_for_this_machine(&request) {
        return plain(Code::Misdirected);
    }
    next.run(request).await
}

/// Whether every name in the request is one of this machine. Browsers always say one.
fn is_for_this_machine(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    hosts.all(|host| host.to_str().is_ok_and(is_loopback))
        && request
            .uri()
            .authority()
            .is_none_or(|authority| is_loopback(authority.as_str()))
}

fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_taken() {
        for host in [
            "localhost",
            "LocalHost:8080",
            "127.0.0.1",
            "127.0.0.1:1",
            "127.8.8.8",
            "[::1]",
            "[::1]:65535",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "tandem.example",
            "localhost.tandem.example",
            "127.0.0.1.tandem.example:8080",
            "localhost@tandem.example",
            "192.168.0.2:8080",
            "0.0.0.0:8080",
            "[::]:8080",
            "[::2]",
            "::1",
            "localhost:8080/x",
            "localhost, tandem.example",
        ] {
            assert!(!is_loopback(host), "{host:?}");
        }
    }
}
