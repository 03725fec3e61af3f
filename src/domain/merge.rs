//! Two records of one person: which value stands, field by field, and what is kept of the other.
use super::belonging::Belonging;
use super::{Field, Fields, Person, custom};
use std::collections::BTreeMap;

/// Whose value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Survivor,
    Absorbed,
}

impl Side {
    /// Its name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Survivor => "survivor",
            Self::Absorbed => "absorbed",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Survivor, Self::Absorbed].into_iter().find(|side| side.name() == name)
    }
}

/// Choices by the field's name in forms; [`AVATAR`] stands for the picture.
pub type Sides = BTreeMap<String, Side>;

pub const AVATAR: &str = "avatar";

/// A field of which the two have different values.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub name: String,
    pub survivor: String,
    pub absorbed: String,
}

impl Pair {
    /// The survivor's own, unless it has none.
    pub fn sensible(&self) -> Side {
        let blank =
            self.survivor.is_empty() || (["tier", "kind"].contains(&self.name.as_str()) && self.survivor == "0");
        if blank { Side::Absorbed } else { Side::Survivor }
    }

    pub fn side(&self, sides: &Sides) -> Side {
        sides.get(&self.name).copied().unwrap_or_else(|| self.sensible())
    }
}

/// Of these both sides' are kept together.
pub const UNITED: [Field; 2] = [Field::Groups, Field::Tags];

/// What differs, and the names of the filled fields that do not. Custom fields come last.
pub fn compare(survivor: &Person, absorbed: &Person) -> (Vec<Pair>, Vec<String>) {
    let (one, two) = (&survivor.fields, &absorbed.fields);
    let known = Field::ALL.iter().filter(|field| !UNITED.contains(field));
    let (differing, same): (Vec<Field>, Vec<Field>) = known.partition(|field| one.differs(two, **field));
    let pair = |name: &str, survivor: &str, absorbed: &str| Pair {
        name: name.into(),
        survivor: survivor.into(),
        absorbed: absorbed.into(),
    };
    let mut pairs: Vec<Pair> =
        differing.into_iter().map(|field| pair(field.name(), &one.get(field), &two.get(field))).collect();
    if survivor.avatar != absorbed.avatar {
        let hash = |person: &Person| person.avatar.clone().unwrap_or_default();
        pairs.push(pair(AVATAR, &hash(survivor), &hash(absorbed)));
    }
    let custom = one.custom_differences(two).into_iter();
    pairs.extend(custom.map(|name| pair(&custom::form_name(name), one.get_custom(name), two.get_custom(name))));
    let mut alike: Vec<String> = same
        .into_iter()
        .filter(|field| one.differs(&Fields::default(), *field))
        .map(|field| field.name().to_owned())
        .collect();
    let shared = one.custom.iter().filter(|(name, value)| two.get_custom(name) == *value);
    alike.extend(shared.map(|(name, _)| custom::form_name(name)));
    (pairs, alike)
}

/// The survivor's fields afterwards.
pub fn merged(survivor: &Fields, absorbed: &Fields, taken: &[String]) -> Fields {
    let mut fields = survivor.clone();
    for name in taken {
        match (Field::named(name), custom::own_name(name)) {
            (Some(field), _) => take(&mut fields, absorbed, field),
            (None, Some(own)) => match absorbed.custom.get(own) {
                Some(value) => drop(fields.custom.insert(own.to_owned(), value.clone())),
                None => drop(fields.custom.remove(own)),
            },
            (None, None) => {}
        }
    }
    fields
}

fn take(fields: &mut Fields, absorbed: &Fields, field: Field) {
    let other = absorbed.clone();
    match field {
        Field::Name => fields.name = other.name,
        Field::FirstName => fields.first_name = other.first_name,
        Field::LastName => fields.last_name = other.last_name,
        Field::Title => fields.title = other.title,
        Field::Email => fields.email = other.email,
        Field::Phone => fields.phone = other.phone,
        Field::Username => fields.username = other.username,
        Field::Organisation => fields.organisation = other.organisation,
        Field::Groups => fields.groups = other.groups,
        Field::Tags => fields.tags = other.tags,
        Field::Language => fields.language = other.language,
        Field::Timezone => fields.timezone = other.timezone,
        Field::Tier => fields.tier = other.tier,
        Field::Kind => fields.kind = other.kind,
        Field::Bio => fields.bio = other.bio,
        Field::Details => fields.details = other.details,
        Field::Notes => fields.notes = other.notes,
        Field::Remark => fields.remark = other.remark,
    }
}

/// Fields of which a person has one, and the house remembers more: the others become identities.
pub const SECONDARY: [Field; 3] = [Field::Email, Field::Phone, Field::Username];

/// One line of a plan to merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub what: Belonging,
    /// Becomes the survivor's.
    pub moved: i64,
    /// Ends, because the survivor has the same or it leads from one of the two to the other.
    pub dropped: i64,
}
