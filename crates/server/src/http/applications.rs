//! Applications: begun and written by their owners, sent, read and decided on by the committee.

pub mod apart;
pub mod ask;
pub mod decide;
pub mod draft;
pub mod files;
pub mod known;
pub mod list;
pub mod mails;
pub mod save;
pub mod send;
pub mod start;
pub mod time;
pub mod view;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// The routes of the files below.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(start::router())
        .merge(save::router())
        .merge(send::router())
        .merge(list::router())
        .merge(decide::router())
        .merge(ask::router())
        .merge(apart::router())
        .merge(time::router())
        .merge(files::router())
}
