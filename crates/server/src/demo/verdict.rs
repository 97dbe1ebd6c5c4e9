//! What the committee of the demonstration asks applicants, and why it says no.

/// A question of the committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What it asks.
    pub text: &'static str,
    /// The questions of the form that may be changed in answer.
    pub questions: &'static [&'static str],
}

const MEMBERSHIP: Asked = Asked {
    text: "Your membership runs out on May 15, before the program begins. Will you renew it?",
    questions: &["member_no"],
};

const ASKED: [(&str, Asked); 2] = [
    (
        "E043",
        Asked {
            text: "Few mentors share an hour with you. Could you look at your usual week once \
                   more, and tell us when a first talk would suit you?",
            questions: &["availability", "first_slot"],
        },
    ),
    (
        "M011",
        Asked {
            text: "Our mail to you came back. Is the address right, and is there a second one \
                   that we may use?",
            questions: &["email", "email_alt"],
        },
    ),
];

const LAPSED: &str = "Your membership ended in December and was not renewed. We would be glad to \
                      see you apply again next year.";

const REFUSED: [(&str, &str); 3] = [
    (
        "E053",
        "The membership number you gave belongs to another applicant. The membership office will \
         help you to put it right; then please apply again.",
    ),
    (
        "M027",
        "You told us that your new duties leave no time this year. Thank you for offering, and \
         until next year.",
    ),
    (
        "M042",
        "You told us that several of your own students apply this year, and that you would \
         rather wait. Thank you for offering.",
    ),
];

/// What the committee asks of an applicant.
pub fn asked(reference: &str) -> Asked {
    let own = ASKED.iter().find(|(owner, _)| *owner == reference);
    own.map_or(MEMBERSHIP, |(_, asked)| *asked)
}

/// Why an applicant may not be paired.
pub fn refused(reference: &str) -> &'static str {
    let own = REFUSED.iter().find(|(owner, _)| *owner == reference);
    own.map_or(LAPSED, |(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use tandem_domain::form::definition::QuestionId;
    use tandem_domain::form::library::default_form;
    use tandem_domain::role::Role;

    use super::*;

    #[test]
    fn what_is_asked_about_is_in_the_form() {
        for (reference, role) in [
            ("E017", Role::Mentee),
            ("E043", Role::Mentee),
            ("M011", Role::Mentor),
        ] {
            let form = default_form(role).unwrap();
            for question in asked(reference).questions {
                assert!(
                    form.question(&QuestionId::from(*question)).is_some(),
                    "{question}"
                );
            }
        }
    }
}
