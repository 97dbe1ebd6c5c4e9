//! Signing in with a mail: ask for it, then come with its link or type its code. Used by the
//! sign-in screen, by the wizard's dialog and by its banner, so that they behave alike.

use leptos::prelude::*;
use tandem_api::problem::Code;
use tandem_api::session::{Redeem, Redeemed};

use crate::api::error::ApiError;
use crate::api::session as api;
use crate::session::Session;
use crate::widgets::sign_in_form::{Said, Step};

/// See the module.
#[derive(Clone, Copy)]
pub struct SignIn {
    session: Session,
    step: RwSignal<Step>,
    error: RwSignal<Option<String>>,
    ask: Action<String, ()>,
    redeem: Action<Redeem, ()>,
}

impl SignIn {
    /// Begins at a step. `on_done` is called once somebody is signed in.
    pub fn begin(step: Step, on_done: Callback<Redeemed>) -> Self {
        let session = Session::expect();
        let step = RwSignal::new(step);
        let error = RwSignal::new(None);
        let ask = Action::new_local(move |email: &String| {
            let email = email.clone();
            async move {
                match api::ask_link(email.clone()).await {
                    Ok(()) => {
                        error.try_set(None);
                        step.try_set(Step::Code(email));
                    }
                    Err(refusal) => {
                        error.try_set(Some(ask_words(&refusal)));
                    }
                }
            }
        });
        let redeem = Action::new_local(move |redeem: &Redeem| {
            let redeem = redeem.clone();
            async move {
                match api::redeem(redeem.clone()).await {
                    Ok(redeemed) => {
                        error.try_set(None);
                        session.refresh();
                        on_done.try_run(redeemed);
                    }
                    Err(refusal) => {
                        error.try_set(Some(redeem_words(&refusal, &redeem)));
                    }
                }
            }
        });
        Self {
            session,
            step,
            error,
            ask,
            redeem,
        }
    }

    /// Where the reader is.
    pub fn step(self) -> Signal<Step> {
        self.step.into()
    }

    /// What went wrong, in words.
    pub fn error(self) -> Signal<Option<String>> {
        self.error.into()
    }

    /// Whether the server is being asked.
    pub fn is_busy(self) -> Signal<bool> {
        let (ask, redeem) = (self.ask.pending(), self.redeem.pending());
        Signal::derive(move || ask.get() || redeem.get())
    }

    /// Whether others use this computer, too.
    pub fn shared(self) -> Signal<bool> {
        self.session.is_shared()
    }

    /// What the reader does.
    pub fn said(self) -> Callback<Said> {
        Callback::new(move |said| match said {
            Said::Address(email) if email_looks_whole(&email) => {
                self.ask.dispatch_local(email.trim().to_owned());
            }
            Said::Address(_) => {
                let words = "Enter an e-mail address in full, such as name@example.org.";
                self.error.set(Some(words.to_owned()));
            }
            Said::Code(code) => self.try_code(&plain_code(&code)),
            Said::Again => {
                self.error.set(None);
                self.step.set(Step::Address);
            }
            Said::Shared(is_shared) => self.session.set_shared(is_shared),
        })
    }

    fn try_code(self, code: &str) {
        if code.is_empty() {
            let words = "Type the code from the mail.";
            self.error.set(Some(words.to_owned()));
        } else {
            self.redeem.dispatch_local(Redeem::Code(code.to_owned()));
        }
    }

    /// Comes with a link.
    pub fn token(self, token: String) {
        self.redeem.dispatch_local(Redeem::Token(token));
    }
}

/// The code without what people put between its parts.
fn plain_code(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn email_looks_whole(email: &str) -> bool {
    tandem_domain::form::syntax::is_email(email.trim())
}

fn ask_words(error: &ApiError) -> String {
    match error {
        ApiError::Invalid { .. } => {
            "Enter an e-mail address in full, such as name@example.org.".to_owned()
        }
        other => other.sentence(),
    }
}

fn redeem_words(error: &ApiError, redeem: &Redeem) -> String {
    match (error.code(), redeem) {
        (Some(Code::OtherBrowser), _) => {
            "This link only works in the browser that asked for it. Type the code from the mail \
             there."
                .to_owned()
        }
        (Some(Code::Gone), Redeem::Token(_)) => {
            "This link has been used or is too old. Ask for a new mail.".to_owned()
        }
        (Some(Code::Gone), Redeem::Code(_)) => {
            "This code has been used, is too old, or was mistyped too often. Ask for a new mail."
                .to_owned()
        }
        (Some(Code::Invalid | Code::NotFound | Code::BadRequest), Redeem::Code(_)) => {
            "This is not the code from the newest mail. Check it and try again.".to_owned()
        }
        _ => error.sentence(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_as_people_copy_it() {
        assert_eq!(plain_code(" 7k3m-9qxt "), "7K3M9QXT");
        assert_eq!(plain_code("—"), "");
    }

    #[test]
    fn a_used_link_says_what_to_do() {
        let error = ApiError::Invalid {
            fields: Vec::new(),
            places: Vec::new(),
        };
        let words = redeem_words(&error, &Redeem::Code("X".to_owned()));
        assert!(words.contains("newest mail"), "{words}");
    }
}
