//! What an author of a form should look at.
