//! The steps that bring a database up to date: SQL files with three tokens, so that one text makes
//! the tables of both databases.

use sea_orm_migration::prelude::{
    ConnectionTrait, DbErr, MigrationName, MigrationTrait, MigratorTrait, SchemaManager,
    async_trait,
};
use sea_orm_migration::sea_orm::DbBackend;

/// All steps, oldest first. Forward only.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Step {
                name: "0001_first_tables",
                sql: include_str!("../../migration/0001_first_tables.sql"),
            }),
            Box::new(Step {
                name: "0002_save_fingerprints",
                sql: include_str!("../../migration/0002_save_fingerprints.sql"),
            }),
            Box::new(Step {
                name: "0003_other_answers",
                sql: include_str!("../../migration/0003_other_answers.sql"),
            }),
            Box::new(Step {
                name: "0004_sealed_verdicts",
                sql: include_str!("../../migration/0004_sealed_verdicts.sql"),
            }),
            Box::new(Step {
                name: "0005_time_and_versions",
                sql: include_str!("../../migration/0005_time_and_versions.sql"),
            }),
            Box::new(Step {
                name: "0006_uploads",
                sql: include_str!("../../migration/0006_uploads.sql"),
            }),
            Box::new(Step {
                name: "0007_reminders",
                sql: include_str!("../../migration/0007_reminders.sql"),
            }),
            Box::new(Step {
                name: "0008_timeline_changes",
                sql: include_str!("../../migration/0008_timeline_changes.sql"),
            }),
            Box::new(Step {
                name: "0009_scoring",
                sql: include_str!("../../migration/0009_scoring.sql"),
            }),
            Box::new(Step {
                name: "0010_conflicts",
                sql: include_str!("../../migration/0010_conflicts.sql"),
            }),
            Box::new(Step {
                name: "0011_scenarios",
                sql: include_str!("../../migration/0011_scenarios.sql"),
            }),
            Box::new(Step {
                name: "0012_comments",
                sql: include_str!("../../migration/0012_comments.sql"),
            }),
            Box::new(Step {
                name: "0013_board_looks",
                sql: include_str!("../../migration/0013_board_looks.sql"),
            }),
            Box::new(Step {
                name: "0014_reminded_of",
                sql: include_str!("../../migration/0014_reminded_of.sql"),
            }),
        ]
    }
}

struct Step {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait is written so, and both must agree"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (int, blob, strict) = match manager.get_database_backend() {
            DbBackend::Sqlite => ("INTEGER", "BLOB", "STRICT"),
            _ => ("BIGINT", "BYTEA", ""),
        };
        let sql = self
            .sql
            .replace("{INT}", int)
            .replace("{BLOB}", blob)
            .replace("{STRICT}", strict);
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
