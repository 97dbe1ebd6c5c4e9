//! Who is asking: sessions read from cookies, offices read anew for each request, and the one way
//! to ask the permission table.

pub mod cookie;
pub mod limits;
pub mod link;
pub mod mark;
pub mod token;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use chrono::{DateTime, Duration, Utc};
use tandem_api::problem::Code;
use tandem_domain::id::{PersonId, ProgramId};
use tandem_domain::permission::{Action, Actor, Decision, Subject, can};
use tandem_domain::recusal::Recusal;

use crate::app::App;
use crate::error::AppError;
use crate::store::people::{self, Held, Person};
use crate::store::sessions::{self, Kind, Session};
use crate::store::{StoreError, Tx};

use self::cookie::{Computer, Cookie};
use self::mark::Mark;

/// How long somebody without an office stays signed in: since the last visit, and since the first.
/// Nobody else reaches a draft whose address is not confirmed.
pub const STAY: (Duration, Duration) = (Duration::days(14), Duration::days(60));

/// Who sends a request. Visitors too: only what they may do differs.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who is signed in, if somebody is.
    pub signed: Option<Signed>,
    /// The mark of the browser, if it has one.
    pub mark: Option<Mark>,
    /// The client's machine.
    pub machine: IpAddr,
    /// Whether others use the browser, too.
    pub computer: Computer,
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The session.
    pub session: Session,
    /// The person.
    pub person: Person,
    /// The offices, in all programs.
    pub offices: Vec<Held>,
}

impl Caller {
    /// A program nobody is signed in with, such as one that reads calendars.
    pub fn nobody() -> Self {
        Self {
            signed: None,
            mark: None,
            machine: Ipv4Addr::UNSPECIFIED.into(),
            computer: Computer::default(),
        }
    }

    /// The person signed in, confirmed or not.
    pub fn person(&self) -> Option<PersonId> {
        self.signed.as_ref().map(|signed| signed.person.id)
    }

    /// The person signed in, or 401.
    pub fn require(&self) -> Result<&Signed, AppError> {
        self.signed.as_ref().ok_or(AppError::SignedOut)
    }

    /// The person signed in with a confirmed address, or 401.
    pub fn require_confirmed(&self) -> Result<&Signed, AppError> {
        self.require().and_then(|signed| {
            if signed.is_confirmed() {
                Ok(signed)
            } else {
                Err(AppError::SignedOut)
            }
        })
    }

    /// As whom the caller acts in a program. Offices are read in the transaction that acts.
    pub async fn actor(&self, tx: &Tx, program: ProgramId) -> Result<Actor, StoreError> {
        let mut actor = self.outside();
        if let (Some(person), true) = (actor.person, actor.confirmed) {
            actor.offices = people::offices_in(tx, person, program).await?;
        }
        Ok(actor)
    }

    /// As whom the caller acts outside of all programs.
    pub fn outside(&self) -> Actor {
        match &self.signed {
            None => Actor::visitor(),
            Some(signed) => Actor {
                person: Some(signed.person.id),
                confirmed: signed.is_confirmed(),
                offices: Vec::new(),
                founder: signed.is_confirmed() && signed.person.founder,
                recusal: Recusal::None,
            },
        }
    }

    /// Under which name answers to this caller's idempotency keys are kept.
    pub fn name(&self) -> String {
        match (&self.signed, &self.mark) {
            (Some(signed), _) => format!("person:{}", signed.person.id),
            (None, Some(mark)) => mark_name(mark),
            (None, None) => format!("machine:{}", self.machine),
        }
    }
}

/// Under which name answers to the idempotency keys of a browser nobody is signed in with are kept.
pub fn mark_name(mark: &Mark) -> String {
    format!("browser:{}", mark.hash())
}

impl Signed {
    /// Whether this session opens the account, and not only drafts of this browser.
    pub fn is_confirmed(&self) -> bool {
        self.session.kind == Kind::Confirmed && self.person.confirmed
    }

    fn limits(&self, computer: Computer) -> (Duration, Duration) {
        if computer == Computer::Shared {
            (Duration::hours(2), Duration::hours(8))
        } else if self.offices.is_empty() && !self.person.founder {
            STAY
        } else {
            (Duration::hours(8), Duration::hours(24))
        }
    }

    fn is_over(&self, computer: Computer, now: DateTime<Utc>) -> bool {
        let (idle, all) = self.limits(computer);
        now - self.session.seen_at >= idle || now - self.session.created_at >= all
    }
}

/// Asks the permission table, and turns its answer into the refusal that fits.
pub fn allow(actor: &Actor, action: Action, subject: &Subject) -> Result<(), AppError> {
    match can(actor, action, subject) {
        Decision::Allow => Ok(()),
        Decision::Deny => Err(AppError::Forbidden),
        Decision::Hide => Err(AppError::NotFound),
        Decision::NotNow => Err(AppError::Refused(Code::WrongState)),
        Decision::SignIn => Err(AppError::SignedOut),
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        if let Some(caller) = parts.extensions.get::<Self>() {
            return Ok(caller.clone());
        }
        let computer = Computer::read(&parts.headers);
        let signed = match Cookie::Session.read(&app.config, &parts.headers) {
            Some(secret) => signed(app, token::hash(&secret), computer).await?,
            None => None,
        };
        let caller = Self {
            signed,
            mark: Mark::read(&app.config, &parts.headers),
            machine: machine(parts, app),
            computer,
        };
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

async fn signed(app: &App, hash: String, computer: Computer) -> Result<Option<Signed>, AppError> {
    let now = app.clock.real();
    let key = hash.clone();
    let found = app
        .store
        .read(|tx| async move {
            let Some(session) = sessions::find(&tx, &key).await? else {
                return Ok(None);
            };
            let Some(person) = people::find(&tx, session.person).await? else {
                return Ok(None);
            };
            let offices = people::offices(&tx, person.id).await?;
            Ok::<_, StoreError>(Some(Signed {
                session,
                person,
                offices,
            }))
        })
        .await?;
    let Some(signed) = found.filter(|signed| !signed.is_over(computer, now)) else {
        return Ok(None);
    };
    if now - signed.session.seen_at >= Duration::minutes(1) {
        app.store
            .write(move |tx| async move { sessions::touch(&tx, &hash, now).await })
            .await?;
    }
    Ok(Some(signed))
}

fn machine(parts: &Parts, app: &App) -> IpAddr {
    let direct = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if !app.config.trust_proxy {
        return direct;
    }
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
    forwarded
        .and_then(|line| line.to_str().ok())
        .and_then(|line| line.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok())
        .unwrap_or(direct)
}
