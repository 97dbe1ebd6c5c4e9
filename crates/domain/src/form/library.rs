//! The default forms.
