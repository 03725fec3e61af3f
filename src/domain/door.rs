//! Through which door somebody comes.

/// Through which door a write came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Panel,
    Kf5,
    Freescout,
    Datarc,
    Audience,
    Scim,
    Easemob,
    CommandLine,
    /// The house itself, by the clock.
    Job,
}

impl Door {
    pub const ALL: [Self; 9] = [
        Self::Panel,
        Self::Kf5,
        Self::Freescout,
        Self::Datarc,
        Self::Audience,
        Self::Scim,
        Self::Easemob,
        Self::CommandLine,
        Self::Job,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Panel => "panel",
            Self::Kf5 => "kf5",
            Self::Freescout => "freescout",
            Self::Datarc => "datarc",
            Self::Audience => "audience",
            Self::Scim => "scim",
            Self::Easemob => "easemob",
            Self::CommandLine => "command_line",
            Self::Job => "job",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.name() == name)
    }
}
