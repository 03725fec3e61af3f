//! Of which kind a custom field is, and for whom.
use crate::domain::Role;

/// What a custom field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Number,
    Date,
    Choice,
    /// Several choices.
    Choices,
    YesNo,
    /// Text that a regular expression must match as a whole.
    Pattern,
}

impl FieldKind {
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Number, Self::Date, Self::Choice, Self::Choices, Self::YesNo, Self::Pattern];

    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::YesNo => "yes_no",
            Self::Pattern => "pattern",
        }
    }

    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == raw)
    }

    pub fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
}

/// Whose profile has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    All,
    EndUsers,
    /// Agents and administrators.
    Agents,
}

impl Audience {
    pub const ALL: [Self; 3] = [Self::All, Self::EndUsers, Self::Agents];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::EndUsers => "end_users",
            Self::Agents => "agents",
        }
    }

    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == raw)
    }

    pub fn includes(self, role: Role) -> bool {
        match self {
            Self::All => true,
            Self::EndUsers => !role.is_staff(),
            Self::Agents => role.is_staff(),
        }
    }
}
