//! Nothing but tests: the state of the wizard's screens and the server's router, in one process,
//! with a network between them that loses, delays and refuses. See `tests/faults`.
