//! The example `solve` as other tools meet it: a process that reads and prints JSON.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

/// The program; made first if only the tests were.
fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().unwrap();
        let folder = test.parent().unwrap().parent().unwrap();
        let name = format!("solve{}", std::env::consts::EXE_SUFFIX);
        let program = folder.join("examples").join(name);
        if !program.is_file() {
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["build", "--quiet", "--example", "solve"]);
            cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
            assert!(cargo.status().unwrap().success());
        }
        program
    })
}

fn run(input: &[u8]) -> Output {
    let mut child = Command::new(program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn solved(input: &Value) -> Value {
    let output = run(input.to_string().as_bytes());
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(input: &str) -> String {
    let output = run(input.as_bytes());
    assert_eq!(output.status.code(), Some(2), "{input}");
    assert!(output.stdout.is_empty(), "{input}");
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!message.trim().is_empty(), "{input}");
    message
}

#[test]
fn an_instance_is_solved_for_the_greatest_total_unless_it_says_otherwise() {
    let answer = solved(&json!({"capacity": [1, 1], "score": [[9, 8], [7, null], [1, 1]]}));
    assert_eq!(
        answer,
        json!({"pairs": [[0, 1, 8], [1, 0, 7]], "total": 15, "unmatched": [2], "certified": true})
    );
}

#[test]
fn each_objective_has_its_own_plan() {
    let score = json!([[1000, 490], [480, null], [510, 505]]);
    let plan = |objective: &str| {
        let capacity = [1, 2];
        let answer = solved(&json!({"capacity": capacity, "score": score, "objective": objective}));
        assert_eq!(answer["certified"], true, "{objective}");
        answer["pairs"].clone()
    };
    let everybody = json!([[0, 1, 490], [1, 0, 480], [2, 1, 505]]);
    for objective in ["total", "balanced", "maxmin"] {
        assert_eq!(plan(objective), everybody, "{objective}");
    }
    assert_eq!(plan("stable"), json!([[0, 0, 1000], [2, 1, 505]]));
    let score = json!([[900, 490], [620, 560]]);
    let plan = |objective: &str| {
        let capacity = [1, 1];
        solved(&json!({"capacity": capacity, "score": score, "objective": objective}))["total"]
            .clone()
    };
    assert_eq!(plan("total"), 1460);
    assert_eq!(plan("balanced"), 1460);
    let score = json!([[950, 700], [650, 300]]);
    let plan = |objective: &str| {
        let capacity = [1, 1];
        solved(&json!({"capacity": capacity, "score": score, "objective": objective}))["pairs"]
            .clone()
    };
    assert_eq!(plan("maxmin"), json!([[0, 1, 700], [1, 0, 650]]));
    assert_eq!(plan("stable"), json!([[0, 0, 950], [1, 1, 300]]));
}

#[test]
fn locks_hold_use_a_place_and_count_in_the_total() {
    let score = json!([[10, 20], [30, 5]]);
    for objective in ["total", "balanced", "maxmin", "stable"] {
        let answer = solved(&json!({
            "capacity": [1, 1], "score": score, "locked": [[0, 0]], "objective": objective,
        }));
        assert_eq!(
            answer["pairs"],
            json!([[0, 0, 10], [1, 1, 5]]),
            "{objective}"
        );
        assert_eq!(answer["total"], 15);
        assert_eq!(answer["certified"], true);
    }
}

#[test]
fn the_seed_decides_between_equal_plans_and_nothing_else() {
    let score = json!(vec![vec![5; 12]; 12]);
    let plan = |seed: u64| {
        let answer = solved(&json!({"capacity": vec![1; 12], "score": score, "seed": seed}));
        assert_eq!(answer["total"], 60);
        answer["pairs"].clone()
    };
    assert_eq!(plan(u64::MAX), plan(u64::MAX));
    assert_ne!(plan(1), plan(2));
}

#[test]
fn empty_sides_and_negative_scores_are_instances() {
    let empty = solved(&json!({"capacity": [], "score": []}));
    assert_eq!(
        empty,
        json!({"pairs": [], "total": 0, "unmatched": [], "certified": true})
    );
    let nobody = solved(&json!({"capacity": [], "score": [[], []]}));
    assert_eq!(nobody["unmatched"], json!([0, 1]));
    let negative = solved(&json!({"capacity": [9_000_000_000_000_i64], "score": [[-1_000_000]]}));
    assert_eq!(negative["pairs"], json!([[0, 0, -1_000_000]]));
}

#[cfg(unix)]
#[test]
fn an_answer_nobody_can_read_is_an_error_like_any_other() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let Ok(full) = full else {
        return;
    };
    let mut child = Command::new(program())
        .stdin(Stdio::piped())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = br#"{"capacity":[1],"score":[[1]]}"#;
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be printed"));
}

/// Malformed instances, and what the message says of each.
const MALFORMED: &[(&str, &str)] = &[
    (
        r#"{"capacity":[1,1],"score":[[1,2],[3]]}"#,
        "row 1 has 1 scores",
    ),
    (r#"{"capacity":[1],"score":[[1,2]]}"#, "row 0 has 2 scores"),
    (
        r#"{"capacity":[1],"score":[[null]],"locked":[[0,0]]}"#,
        "forbidden",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"locked":[[1,0]]}"#,
        "no mentee 1",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"locked":[[0,1]]}"#,
        "no mentor 1",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"locked":[[-1,0]]}"#,
        "does not exist",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"locked":[[0]]}"#,
        "malformed",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"locked":[[0,0,0]]}"#,
        "malformed",
    ),
    (
        r#"{"capacity":[2],"score":[[1]],"locked":[[0,0],[0,0]]}"#,
        "locked twice",
    ),
    (
        r#"{"capacity":[1,1],"score":[[1,1]],"locked":[[0,0],[0,1]]}"#,
        "locked twice",
    ),
    (
        r#"{"capacity":[1],"score":[[1],[1]],"locked":[[0,0],[1,0]]}"#,
        "more locks than places",
    ),
    (r#"{"capacity":[-1],"score":[[1]]}"#, "negative"),
    (r#"{"capacity":[1.5],"score":[[1]]}"#, "malformed"),
    (r#"{"capacity":["1"],"score":[[1]]}"#, "malformed"),
    (r#"{"capacity":[1],"score":[["1"]]}"#, "malformed"),
    (r#"{"capacity":[1],"score":[[0.5]]}"#, "malformed"),
    (r#"{"capacity":[1],"score":[[true]]}"#, "malformed"),
    (
        r#"{"capacity":[1],"score":[[1000001]]}"#,
        "outside ±1000000",
    ),
    (
        r#"{"capacity":[1],"score":[[-1000001]]}"#,
        "outside ±1000000",
    ),
    (
        r#"{"capacity":[1],"score":[[99999999999999999999]]}"#,
        "malformed",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"objective":"best"}"#,
        "no objective \"best\"",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"objective":7}"#,
        "malformed",
    ),
    (r#"{"capacity":[1],"score":[[1]],"seed":"a"}"#, "malformed"),
    (r#"{"capacity":[1],"score":[[1]],"seed":1.5}"#, "malformed"),
    (r#"{"capacity":[1],"score":[[1]],"seed":-1}"#, "seed"),
    (
        r#"{"capacity":[1],"score":[[1]],"seed":18446744073709551616}"#,
        "seed",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"lock":[]}"#,
        "unknown field `lock`",
    ),
    (
        r#"{"capacity":[1],"score":[[1]],"score":[[1]]}"#,
        "duplicate field",
    ),
    (r#"{"capacity":[1]}"#, "missing field `score`"),
    (r#"{"score":[[1]]}"#, "missing field `capacity`"),
    (r#"{"capacity":[1],"score":[[1]]} {}"#, "trailing"),
    (r#"{"capacity":[1],"score":[[1]]"#, "malformed"),
    (r#"{"capacity":[1],"score":[[NaN]]}"#, "malformed"),
    ("[]", "malformed"),
    ("[[1],[[1]]]", "not a JSON object"),
    (
        r#"{"capacity":[1],"score":[[1]],"objective":{"total":null}}"#,
        "malformed",
    ),
    ("", "malformed"),
    ("no json", "malformed"),
];

#[test]
fn a_malformed_instance_is_refused_with_a_reason() {
    for &(input, reason) in MALFORMED {
        let message = refused(input);
        assert!(message.contains(reason), "{input}: {message}");
    }
    assert_eq!(
        run(b"{\"capacity\":[1],\"score\":[[\xff]]}").status.code(),
        Some(2)
    );
}
