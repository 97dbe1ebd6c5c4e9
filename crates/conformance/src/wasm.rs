//! What WebAssembly exports: the lines are made and stay where they are; their place and length are
//! told.

#![expect(unsafe_code, reason = "exported names count as unsafe")]

use std::sync::Mutex;

use crate::{Set, lines};

static MADE: Mutex<String> = Mutex::new(String::new());

/// Makes the lines of a set (0 whole, 1 plain) and tells how long they are, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn make(set: u32, seed: u32, count: u32) -> usize {
    let set = if set == 0 { Set::Whole } else { Set::Plain };
    let Ok(mut made) = MADE.lock() else {
        return 0;
    };
    *made = lines(set, seed.into(), count.into()).unwrap_or_default();
    made.len()
}

/// Where the lines are that were made last.
#[unsafe(no_mangle)]
pub extern "C" fn place() -> *const u8 {
    MADE.lock().map_or(std::ptr::null(), |made| made.as_ptr())
}
