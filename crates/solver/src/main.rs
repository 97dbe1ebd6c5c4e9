//! In a Web Worker: hears questions and posts answers. Elsewhere: a question on each line of
//! standard input, what is told on lines of standard output.

#[cfg(target_arch = "wasm32")]
mod worker;

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::listen();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::io::{BufRead, Write};

    let mut out = std::io::stdout();
    for message in std::io::stdin().lock().lines() {
        let mut lines = String::new();
        tandem_domain::matching::tell(&message?, |told| {
            lines.push_str(&serde_json::to_string(told).unwrap_or_default());
            lines.push('\n');
        });
        out.write_all(lines.as_bytes())?;
    }
    Ok(())
}
