//! The default forms: whole, sensible and short enough.

use tandem_domain::form::library::default_form;
use tandem_domain::role::Role;

#[test]
fn both_default_forms_can_be_read() {
    for role in Role::ALL {
        let form = default_form(role).unwrap();
        assert_eq!(form.role, role);
        assert_eq!(form.sections.len(), 6);
        assert!(form.pages().count() <= 16, "{}", form.pages().count());
    }
}
