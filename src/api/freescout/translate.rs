//! Between FreeScout's users and the house's people (contract, 3 to 4.4).
use super::wire::User;
use crate::actions::people::extras::Extras;
use crate::api::{Fault, Given, names};
use crate::domain::extra::Extra;
use crate::domain::{Error, Field, FieldErrors, Fields, Person, Role};

/// A person as they stand in every answer.
pub fn user(person: &Person, extras: Option<&Extras>, origin: &str) -> User {
    let fields = &person.fields;
    let unless_blank = |text: String| (!text.is_empty()).then_some(text);
    let extra = |extra: Extra| extras.and_then(|known| known.get(&extra).cloned());
    let (first_name, last_name) = names::of(fields);
    let photo = person.avatar.as_ref().map(|hash| format!("{origin}/avatars/{hash}"));
    User {
        id: person.id.0,
        first_name,
        last_name,
        email: fields.get(Field::Email),
        role: if person.role == Role::Admin { "admin" } else { "user" },
        alternate_emails: extra(Extra::AlternateEmails),
        job_title: unless_blank(fields.title.clone()),
        phone: unless_blank(fields.get(Field::Phone)),
        timezone: unless_blank(fields.timezone.clone()).unwrap_or_else(|| "UTC".into()),
        photo_url: photo.or_else(|| extra(Extra::PhotoUrl)).unwrap_or_default(),
        language: unless_blank(fields.language.clone()),
        created_at: person.created_at.to_string(),
        updated_at: person.updated_at.to_string(),
    }
}

/// The keys of a user that somebody may write, as FreeScout writes them and as its database does.
const KEYS: [(&str, &str); 7] = [
    ("firstName", "first_name"),
    ("lastName", "last_name"),
    ("jobTitle", "job_title"),
    ("photoUrl", "photo_url"),
    ("alternateEmails", "alternate_emails"),
    ("byUserId", "by_user_id"),
    ("assignTo", "assign_to"),
];

/// The same keys in one spelling.
pub fn spelled(mut given: Given) -> Given {
    for (camel, snake) in KEYS {
        if let (false, Some(value)) = (given.has(camel), given.value(snake).cloned()) {
            given.set(camel, value);
        }
    }
    given
}

/// Writes what is given over the fields; what is not given, and what says nothing new, stays.
pub fn fields(mut fields: Fields, given: &Given) -> Result<Fields, Fault> {
    let mut errors = FieldErrors::default();
    write_names(&mut fields, given, &mut errors)?;
    let plain = [
        ("email", Field::Email, 254),
        ("jobTitle", Field::Title, 200),
        ("phone", Field::Phone, 100),
        ("timezone", Field::Timezone, 100),
        ("language", Field::Language, 35),
    ];
    for (key, field, most) in plain {
        let Some(text) = given.text(key)? else { continue };
        let text = if field == Field::Email { text.trim().to_lowercase() } else { cut(&text, most) };
        let said = match field {
            Field::Email => fields.get(field).to_lowercase(),
            Field::Timezone if fields.timezone.is_empty() => "UTC".to_owned(),
            _ => fields.get(field),
        };
        if text == said {
            continue;
        }
        if let Err(key) = fields.set(field, &text) {
            errors.add(field.name(), key);
        }
    }
    if errors.is_empty() && fields.email.is_none() {
        errors.add("email", "email.no_at");
    }
    Ok(errors.or(fields)?)
}

fn write_names(fields: &mut Fields, given: &Given, errors: &mut FieldErrors) -> Result<(), Fault> {
    let first = given.text("firstName")?.map(|text| cut(&text, 100));
    if first.as_ref().is_some_and(String::is_empty) {
        return Err(Fault::value("firstName", "may not be empty"));
    }
    names::write(fields, first, given.text("lastName")?.map(|text| cut(&text, 100)), errors);
    Ok(())
}

/// Without marks, and never refused for its length.
fn cut(text: &str, most: usize) -> String {
    let mut inside = false;
    let plain = text.chars().filter(|c| {
        let was = inside;
        inside = match c {
            '<' => true,
            '>' => false,
            _ => inside,
        };
        !was && !inside
    });
    plain.take(most).collect::<String>().trim().to_owned()
}

/// What FreeScout keeps of a user beyond the fields of a person.
pub fn extras(given: &Given) -> Result<Extras, Fault> {
    let mut extras = Extras::new();
    if let Some(text) = given.text("alternateEmails")? {
        extras.insert(Extra::AlternateEmails, text);
    }
    if let Some(url) = given.text("photoUrl")? {
        if !url.is_empty() && !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(Fault::value("photoUrl", "must begin with http:// or https://"));
        }
        extras.insert(Extra::PhotoUrl, url);
    }
    Ok(extras)
}

/// The refusal of a missing key (contract, 4.3).
pub fn required(given: &Given) -> Result<(), Fault> {
    match ["email", "firstName", "lastName"].into_iter().find(|key| !given.has(key)) {
        Some(key) => Err(Fault::value(key, format!("`{key}` parameter is required"))),
        None => Ok(()),
    }
}

/// The last administrator stays, and that is told as FreeScout tells it (contract, 4.5).
pub fn refusal(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Error::Forbidden("forbidden.last_admin")) => {
            Fault::Told(400, "Administrator can not be deleted".into())
        }
        other => other,
    }
}
