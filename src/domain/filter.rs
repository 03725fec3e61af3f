//! Which people, in which order.
use super::{Catalogue, Role, Status, Time, custom};
use serde::{Deserialize, Serialize};
use std::ops::Bound;

/// Everything must hold; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleFilter {
    /// Words, each found anywhere in what somebody is known by.
    pub q: String,
    /// Instead of its words anywhere, `q` in one of these: as a whole, in [`Place::Known`] and [`Place::Contact`] word by
    /// word.
    pub places: Vec<Place>,
    /// One of these; any when there are none.
    pub roles: Vec<Role>,
    pub status: Option<Status>,
    /// As it is written, folded when compared.
    pub email: Option<String>,
    /// By name, folded when compared; so are the next two.
    pub organisation: Option<String>,
    pub group: Option<String>,
    pub tag: Option<String>,
    /// In one of these, by number.
    pub in_groups: Vec<i64>,
    /// Neither e-mail nor phone.
    pub unreachable: bool,
    pub created: Span,
    pub changed: Span,
    /// People never seen are in no span.
    pub seen: Span,
    /// Custom fields by id; a person without a value is within nothing.
    pub fields: Vec<(i64, Within)>,
}

impl PeopleFilter {
    /// The words of `q` beyond these, and their letters beyond those, are left out.
    pub const MOST_WORDS: usize = 8;
    pub const LONGEST_WORD: usize = 64;

    /// Whether it asks for what staff wrote.
    pub fn asks_for_staff_fields(&self) -> bool {
        self.organisation.is_some()
            || self.group.is_some()
            || self.tag.is_some()
            || !self.in_groups.is_empty()
            || (!self.q.is_empty() && self.places.iter().any(|place| matches!(place, Place::Details | Place::Wechat)))
    }

    /// The same for who may not see what staff wrote: its words are looked for only in what they see.
    pub fn for_customers(&self) -> Self {
        let seen = |place: &Place| if *place == Place::Known { Place::Contact } else { *place };
        let places = match self.places.as_slice() {
            [] => vec![Place::Contact],
            some => some.iter().map(seen).collect(),
        };
        Self { places, ..self.clone() }
    }
}

/// Where a text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Whatever the panel's search looks at.
    Known,
    /// The same without what only staff see: in name, e-mail, phone and username.
    Contact,
    Name,
    Email,
    Phone,
    Landline,
    /// What WeChat calls them.
    Wechat,
    /// What staff wrote about them.
    Details,
}

/// From `from`, up to but without `until`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Span {
    pub from: Option<Time>,
    pub until: Option<Time>,
}

impl Span {
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

/// Keys of custom values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Within {
    pub from: Bound<String>,
    pub until: Bound<String>,
}

impl Within {
    pub fn exactly(key: String) -> Self {
        Self { from: Bound::Included(key.clone()), until: Bound::Included(key) }
    }

    pub fn beginning(key: String) -> Self {
        Self { until: Bound::Included(format!("{key}{}", char::MAX)), from: Bound::Included(key) }
    }
}

macro_rules! columns {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// What a list can show of a person.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Column {
            $($variant,)+
            /// A custom one.
            Field { id: i64, name: String },
        }

        impl Column {
            /// All but custom ones.
            pub const BUILT_IN: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(&self) -> String {
                match self { $(Self::$variant => $name.to_owned(),)+ Self::Field { name, .. } => custom::form_name(name) }
            }
        }
    };
}

columns! {
    Added "added", Name "name", Role "role", Status "status", Organisation "organisation", Groups "groups",
    Tags "tags", Email "email", Phone "phone", Username "username", Title "title", Language "language",
    Timezone "timezone", Tier "tier", Kind "kind", Seen "seen", Created "created", Changed "changed",
}

impl Column {
    /// The columns of a list that nobody has arranged; the name stands before them.
    pub const USUAL: [Self; 6] = [Self::Role, Self::Status, Self::Organisation, Self::Tags, Self::Seen, Self::Created];

    /// By name, a custom one only if it is active in this catalogue.
    pub fn parse(raw: &str, catalogue: &Catalogue) -> Option<Self> {
        let custom = || {
            let field = catalogue.named(raw.strip_prefix("field.")?)?;
            Some(Self::Field { id: field.id, name: field.name.clone() })
        };
        Self::BUILT_IN.iter().find(|column| column.name() == raw).cloned().or_else(custom)
    }

    /// All that a list can show beside the name.
    pub fn all(catalogue: &Catalogue) -> Vec<Self> {
        let built_in = Self::BUILT_IN.iter().filter(|one| !matches!(one, Self::Added | Self::Name)).cloned();
        let custom = catalogue.active().map(|field| Self::Field { id: field.id, name: field.name.clone() });
        built_in.chain(custom).collect()
    }

    /// Whether it shows what staff wrote; custom ones say so in the catalogue.
    pub fn is_for_staff(&self) -> bool {
        matches!(self, Self::Organisation | Self::Groups | Self::Tags | Self::Tier | Self::Kind)
    }

    pub fn is_sortable(&self) -> bool {
        use Column as C;
        matches!(
            self,
            C::Added
                | C::Name
                | C::Role
                | C::Status
                | C::Organisation
                | C::Seen
                | C::Created
                | C::Changed
                | C::Field { .. }
        )
    }
}

/// Written `name` upwards and `-name` downwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    pub fn parse(raw: &str, catalogue: &Catalogue) -> Option<Self> {
        let (name, descending) = raw.strip_prefix('-').map_or((raw, false), |name| (name, true));
        let column = Column::parse(name, catalogue).filter(Column::is_sortable)?;
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
