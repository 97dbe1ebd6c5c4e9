//! The names of the questions that the board, the list and the mails look at.

/// The name to use.
pub const NAME: &str = "preferred_name";
/// The address, asked in both forms.
pub const EMAIL: &str = "email";
/// A second address.
pub const EMAIL_ALT: &str = "email_alt";
/// The name on the membership, if another.
pub const LEGAL_NAME: &str = "legal_name";
/// Where the person lives.
pub const PLACE: &str = "place";
/// The zone of the person's hours.
pub const TIME_ZONE: &str = "time_zone";
/// Present situation.
pub const SITUATION: &str = "situation";
/// Kind of institution.
pub const KIND: &str = "inst_kind";
/// Employer.
pub const EMPLOYER: &str = "employer";
/// The larger organisation of the employer.
pub const PARENT: &str = "employer_parent";
/// Other affiliations.
pub const OTHER: &str = "other_affil";
/// The library school of a student.
pub const SCHOOL: &str = "school";
/// Years in the field.
pub const YEARS: &str = "years_field";
/// Whether on the committee or staff.
pub const COMMITTEE: &str = "committee";
/// Ways to talk.
pub const MODES: &str = "modes";
/// Free hours.
pub const HOURS: &str = "availability";
/// Areas a mentee wants, ranked.
pub const WANTS: &str = "e_areas";
/// Kind of institution a mentee wishes.
pub const MENTEE_WISH: &str = "e_kind_pref";
/// Which kinds, if another one.
pub const MENTEE_KINDS: &str = "e_kinds";
/// What a mentor says of each area.
pub const OFFERS: &str = "m_areas";
/// With whom a mentor would enjoy working.
pub const WHO: &str = "m_who";
/// Kind of institution a mentor accepts.
pub const MENTOR_WISH: &str = "m_kind_ok";
/// Which kinds, if chosen ones.
pub const MENTOR_KINDS: &str = "m_kinds";
/// How many mentees at most.
pub const CAPACITY: &str = "m_capacity";
/// People to keep apart from.
pub const BLOCKED_PEOPLE: &str = "block_people";
/// Institutions to keep apart from.
pub const BLOCKED_INSTITUTIONS: &str = "block_inst";
