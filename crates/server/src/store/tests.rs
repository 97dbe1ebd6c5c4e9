//! The promises of the store, on SQLite; the stories of the API hold them on both databases.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Iterable, Statement};
use tempfile::TempDir;

use super::audit::{Happening, Moment, last, note};
use super::*;

async fn fresh() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Location::in_folder(folder.path()))
        .await
        .unwrap();
    (folder, store)
}

fn now() -> Moment {
    let real: DateTime<Utc> = "2018-02-05T12:00:00Z".parse().unwrap();
    Moment {
        real,
        program: real,
    }
}

fn something() -> Happening {
    Happening {
        kind: "test.happened",
        ..Happening::default()
    }
}

async fn count(store: &Store) -> i64 {
    store
        .read(|tx| async move { last(&tx).await })
        .await
        .unwrap()
}

#[tokio::test]
async fn writes_run_one_after_the_other_and_numbers_have_no_gaps() {
    let (_folder, store) = fresh().await;
    let writes = (0..40).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let work = |tx| async move {
                let before = last(&tx).await?;
                tokio::task::yield_now().await;
                let seq = note(&tx, now(), something()).await?;
                Ok::<_, StoreError>((before, seq))
            };
            store.write(work).await.unwrap()
        })
    });
    let mut seen = Vec::new();
    for write in writes.collect::<Vec<_>>() {
        let (before, seq) = write.await.unwrap();
        assert_eq!(seq, before + 1, "nothing was written in between");
        seen.push(seq);
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=40).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_write_that_fails_leaves_nothing() {
    let (_folder, store) = fresh().await;
    let work = |tx| async move {
        note(&tx, now(), something()).await?;
        Err::<(), _>(StoreError::Busy)
    };
    assert!(matches!(store.write(work).await, Err(StoreError::Busy)));
    assert_eq!(count(&store).await, 0);
    let after = |tx| async move { note(&tx, now(), something()).await };
    assert_eq!(
        store.write(after).await.unwrap(),
        1,
        "the next one gets through"
    );
}

#[tokio::test]
async fn a_write_goes_on_when_nobody_waits_for_it_any_more() {
    let (_folder, store) = fresh().await;
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (go, may_go) = tokio::sync::oneshot::channel::<()>();
    let writing = store.clone();
    let client = tokio::spawn(async move {
        let work = |tx| async move {
            note(&tx, now(), something()).await?;
            begun.send(()).unwrap();
            may_go.await.unwrap();
            note(&tx, now(), something()).await
        };
        writing.write(work).await
    });
    has_begun.await.unwrap();
    client.abort();
    assert!(client.await.unwrap_err().is_cancelled());
    let mut committed = store.committed();
    go.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(10), committed.changed())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(count(&store).await, 2);
}

#[tokio::test]
async fn a_read_sees_one_moment_and_cannot_write() {
    let (_folder, store) = fresh().await;
    let writer = store.clone();
    let read = store.read(|tx| async move {
        let before = last(&tx).await?;
        let work = |tx| async move { note(&tx, now(), something()).await };
        writer.write::<_, StoreError, _, _>(work).await?;
        let after = last(&tx).await?;
        Ok::<_, StoreError>((before, after))
    });
    assert_eq!(read.await.unwrap(), (0, 0));
    assert_eq!(count(&store).await, 1);
    let write = store.read(|tx| async move { note(&tx, now(), something()).await });
    assert!(matches!(write.await, Err(StoreError::Database(_))));
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn a_write_that_panics_leaves_nothing_and_blocks_nobody() {
    let (_folder, store) = fresh().await;
    let (writing, reading) = (store.clone(), store.clone());
    let client = tokio::spawn(async move {
        let work = |tx| async move {
            note(&tx, now(), something()).await?;
            assert!(
                count(&reading).await > 0,
                "what is not kept yet is seen by nobody"
            );
            Ok::<_, StoreError>(())
        };
        writing.write(work).await
    });
    assert!(client.await.unwrap_err().is_panic());
    let work = |tx| async move { note(&tx, now(), something()).await };
    assert_eq!(store.write::<_, StoreError, _, _>(work).await.unwrap(), 1);
}

#[tokio::test]
async fn the_database_is_as_safe_as_promised() {
    let (_folder, store) = fresh().await;
    let writer = store.connections.writer();
    for (pragma, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
    ] {
        let sql = format!("SELECT CAST({pragma} AS TEXT) AS value FROM pragma_{pragma}");
        let statement = Statement::from_string(writer.get_database_backend(), sql);
        let row = writer.query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(
            row.try_get::<String>("", "value").unwrap(),
            expected,
            "{pragma}"
        );
    }
}

#[tokio::test]
async fn a_copy_is_whole() {
    let (folder, store) = fresh().await;
    let work = |tx| async move { note(&tx, now(), something()).await };
    store.write::<_, StoreError, _, _>(work).await.unwrap();
    let file = folder.path().join("it's a copy.db");
    store.copy_to(&file).await.unwrap();
    let copy = Store::attach(&Location::File(file)).await.unwrap();
    assert_eq!(count(&copy).await, 1);
}

/// Columns by name, with whether they may be null.
type Columns = BTreeMap<String, bool>;

async fn in_database(store: &Store, table: &str) -> Columns {
    let writer = store.connections.writer();
    let sql = format!("SELECT name, \"notnull\" AS filled FROM pragma_table_info('{table}')");
    let statement = Statement::from_string(writer.get_database_backend(), sql);
    let rows = writer.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| {
            let filled: i64 = row.try_get("", "filled").unwrap();
            (row.try_get("", "name").unwrap(), filled == 0)
        })
        .collect()
}

fn in_entity<E: EntityTrait>() -> Columns {
    use sea_orm::{ColumnTrait, IdenStatic};
    E::Column::iter()
        .map(|column| (column.as_str().to_owned(), column.def().is_null()))
        .collect()
}

#[tokio::test]
async fn entities_and_tables_say_the_same() {
    let (_folder, store) = fresh().await;
    macro_rules! same {
        ($($name:ident),+) => {$(
            assert_eq!(
                in_entity::<entity::$name::Entity>(),
                in_database(&store, stringify!($name)).await,
                stringify!($name)
            );
        )+};
    }
    same!(
        answer,
        answer_aside,
        application,
        application_op,
        block,
        board_look,
        cohort,
        draft_reminder,
        event,
        forbidden_pair,
        form_def,
        form_news,
        idem,
        info_request,
        late_link,
        login_request,
        member,
        outbox,
        pair_history,
        person,
        placement,
        program,
        scenario,
        scenario_op,
        sealed_verdict,
        session,
        setting,
        submission,
        timeline_item,
        upload,
        upload_content
    );
}
