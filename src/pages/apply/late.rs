//! A late link on its way from the address to the application: its secret, and what it opens.

use leptos::prelude::*;
use tandem_api::window::LateLinkOpened;
use tandem_domain::date::Deadline;

use crate::api::applications;
use crate::api::error::ApiError;
use crate::dom::address;

/// See the module.
#[derive(Clone, Copy)]
pub struct Late {
    secret: StoredValue<Option<String>>,
    opened: StoredValue<Option<Result<LateLinkOpened, ApiError>>>,
}

impl Late {
    /// Takes the secret out of the address.
    pub fn from_address() -> Self {
        Self {
            secret: StoredValue::new(address::take_from_fragment("late")),
            opened: StoredValue::new(None),
        }
    }

    /// Asks what it opens. Somebody signed in has more time for what was begun from then on.
    pub async fn open(self) {
        if let Some(secret) = self.secret() {
            let opened = applications::open_late_link(secret).await;
            // A dead link must not stand in the way of who applies while the call is open.
            if matches!(opened, Err(ApiError::Refused(_))) {
                self.secret.try_set_value(None);
            }
            self.opened.try_set_value(Some(opened));
        }
    }

    /// The secret, to begin with.
    pub fn secret(self) -> Option<String> {
        self.secret.try_get_value().flatten()
    }

    /// Until when it opens.
    pub fn until(self) -> Option<Deadline> {
        let opened = self.opened.get_value()?.ok()?;
        Some(opened.until)
    }

    /// Why it opens nothing.
    pub fn trouble(self) -> Option<String> {
        match self.opened.get_value()? {
            Ok(_) => None,
            Err(ApiError::Refused(_)) => Some(
                "This late link opens nothing any more: it was used by somebody else, was taken \
                 back, or its time is over. Write to the program."
                    .to_owned(),
            ),
            Err(error) => Some(error.sentence()),
        }
    }
}
