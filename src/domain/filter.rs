//! Which people, in which order.
use super::{Role, Status, Time};

/// Everything must hold; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PeopleFilter {
    /// Words, each found anywhere in the name, e-mail, phone or username.
    pub q: String,
    pub role: Option<Role>,
    pub status: Option<Status>,
    /// By name, folded when compared.
    pub organisation: Option<String>,
    /// By name, folded when compared.
    pub tag: Option<String>,
    pub created: Span,
    /// People never seen are in no span.
    pub seen: Span,
}

/// From `from`, up to but without `until`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Span {
    pub from: Option<Time>,
    pub until: Option<Time>,
}

impl Span {
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The order in which people came in.
    Added,
    Name,
    Role,
    Status,
    Organisation,
    Seen,
    Created,
    Changed,
}

impl Column {
    pub const ALL: [Self; 8] = [
        Self::Added,
        Self::Name,
        Self::Role,
        Self::Status,
        Self::Organisation,
        Self::Seen,
        Self::Created,
        Self::Changed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Name => "name",
            Self::Role => "role",
            Self::Status => "status",
            Self::Organisation => "organisation",
            Self::Seen => "seen",
            Self::Created => "created",
            Self::Changed => "changed",
        }
    }
}

/// Written `name` upwards and `-name` downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub column: Column,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { column: Column::Added, descending: true }
    }
}

impl Sort {
    pub fn parse(raw: &str) -> Option<Self> {
        let (name, descending) = raw.strip_prefix('-').map_or((raw, false), |name| (name, true));
        let column = Column::ALL.into_iter().find(|column| column.name() == name)?;
        Some(Self { column, descending })
    }

    pub fn turned(self) -> Self {
        Self { descending: !self.descending, ..self }
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.column.name())
    }
}
