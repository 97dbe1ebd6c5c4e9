//! The words of mails.
