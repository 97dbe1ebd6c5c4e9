//! What every handler can reach.

use std::ops::Deref;
use std::sync::Arc;

use chrono::Duration;

use crate::auth::limits::Limits;
use crate::clock::Clock;
use crate::config::Config;
use crate::http::assets::Page;
use crate::live::Live;
use crate::live::presence::Presence;
use crate::mail::Post;
use crate::store::{Store, StoreError, settings};

/// The server's parts. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] consists of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Both clocks.
    pub clock: Clock,
    /// What the operator set.
    pub config: Config,
    /// Live updates.
    pub live: Live,
    /// Who is at which board.
    pub presence: Presence,
    /// Mails on their way out.
    pub post: Post,
    /// How often people may try to sign in.
    pub limits: Limits,
    /// The page that starts the app, if the server serves one.
    pub page: Option<Page>,
    /// Whether this is a demonstration with fictional people.
    pub demo: bool,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Puts the parts together. Whether this is a demonstration is written in the database.
    pub async fn new(store: Store, clock: Clock, config: Config) -> anyhow::Result<Self> {
        let (demo, offset) = store
            .read(|tx| async move {
                let demo = settings::get(&tx, settings::DEMO).await?.is_some();
                let offset = settings::get(&tx, settings::CLOCK_OFFSET).await?;
                Ok::<_, StoreError>((demo, offset))
            })
            .await?;
        if let Some(offset) = offset
            .and_then(|offset| offset.parse().ok())
            .filter(|_| demo)
        {
            clock.set_offset(Duration::microseconds(offset));
        }
        let page = config.web.as_deref().map(Page::load).transpose()?;
        Ok(Self(Arc::new(Parts {
            live: Live::new(store.clone()),
            presence: Presence::default(),
            post: Post::new(&config, demo)?,
            limits: Limits::new(config.relaxed_limits),
            page,
            demo,
            store,
            clock,
            config,
        })))
    }
}
