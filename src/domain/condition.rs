//! A question about rows that a program puts together as it likes.

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Equal,
    Unequal,
    Contains,
    Begins,
    Ends,
    Above,
    AtLeast,
    Below,
    AtMost,
}

impl How {
    /// By its two letters, whatever their case.
    pub fn parse(raw: &str) -> Option<Self> {
        Some(match raw.to_ascii_lowercase().as_str() {
            "eq" => Self::Equal,
            "ne" => Self::Unequal,
            "co" => Self::Contains,
            "sw" => Self::Begins,
            "ew" => Self::Ends,
            "gt" => Self::Above,
            "ge" => Self::AtLeast,
            "lt" => Self::Below,
            "le" => Self::AtMost,
            _ => return None,
        })
    }

    /// Of what is not there: it equals nothing but nothing.
    pub fn with_nothing(self, asked_for_nothing: bool) -> bool {
        match self {
            Self::Equal => asked_for_nothing,
            Self::Unequal => !asked_for_nothing,
            _ => false,
        }
    }

    /// Of two texts, folded already where case does not count.
    pub fn between(self, found: &str, asked: &str) -> bool {
        match self {
            Self::Equal => found == asked,
            Self::Unequal => found != asked,
            Self::Contains => found.contains(asked),
            Self::Begins => found.starts_with(asked),
            Self::Ends => found.ends_with(asked),
            Self::Above => found > asked,
            Self::AtLeast => found >= asked,
            Self::Below => found < asked,
            Self::AtMost => found <= asked,
        }
    }
}

/// What can be asked of a person or a group; each says of which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// A person's number.
    Id,
    /// The username, else the e-mail, else the uid.
    Login,
    Email,
    Phone,
    Name,
    FirstName,
    LastName,
    Title,
    Language,
    Timezone,
    Organisation,
    /// `true` for whoever may sign in.
    Active,
    Role,
    Created,
    Changed,
    /// What identity providers call the person.
    ExternalId,
    /// Within [`Condition::Kept`], a part of the element.
    Part(&'static str),
    /// A part of the element that tells more about a person's e-mail, phone or role; and what it is without one.
    Beside {
        list: &'static str,
        part: &'static str,
        otherwise: &'static str,
    },
    GroupId,
    GroupName,
    GroupExternalId,
    GroupCreated,
    GroupChanged,
}

/// Asked of people or of groups.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    Is(bool),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// There is a value.
    Known(Trait),
    /// Texts are folded, but ids and parts that are asked for exactly.
    Text {
        of: Trait,
        how: How,
        value: String,
        exact: bool,
    },
    /// Ids, and moments in microseconds.
    Number {
        of: Trait,
        how: How,
        value: i64,
    },
    /// The person is in the group of this number, or in any.
    InGroup(Option<i64>),
    /// The group holds the person of this number, or anybody; within scope.
    Holds(Option<i64>),
    /// Of what programs keep with the person under this name, an element for which this holds.
    Kept {
        list: &'static str,
        /// The first one only tells more about what is the house's own.
        but_first: bool,
        each: Box<Self>,
    },
}

impl Condition {
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::All(parts.into_iter().collect())
    }

    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::Any(parts.into_iter().collect())
    }

    pub fn none_of(inner: Self) -> Self {
        Self::Not(Box::new(inner))
    }

    pub fn kept(list: &'static str, but_first: bool, each: Self) -> Self {
        Self::Kept { list, but_first, each: Box::new(each) }
    }
}

/// Which rows, in which order, and how many.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub condition: Condition,
    /// By number without one.
    pub by: Option<Trait>,
    pub descending: bool,
    pub from: From,
    pub most: i64,
}

#[derive(Debug, Clone, PartialEq)]
pub enum From {
    Skip(i64),
    /// Behind this one.
    After(Mark),
}

/// A row's place in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it is sorted by, as text.
    pub key: String,
    pub id: i64,
}
