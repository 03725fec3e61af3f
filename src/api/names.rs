//! First and last names, for APIs that know no whole ones.
use crate::domain::{Field, FieldErrors, Fields};

/// Whoever has neither has their whole name as the first.
pub fn of(fields: &Fields) -> (String, String) {
    match (fields.first_name.as_str(), fields.last_name.as_str()) {
        ("", "") => (fields.label().unwrap_or_default(), String::new()),
        (first, last) => (first.to_owned(), last.to_owned()),
    }
}

fn whole(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

/// What is not given stays. The whole name follows, unless somebody wrote another one.
pub fn write(fields: &mut Fields, first: Option<String>, last: Option<String>, errors: &mut FieldErrors) {
    let told = of(fields);
    let now = (first.unwrap_or_else(|| told.0.clone()), last.unwrap_or_else(|| told.1.clone()));
    if now == told {
        return;
    }
    let followed = fields.name.is_empty()
        || fields.name == whole(&fields.first_name, &fields.last_name)
        || (fields.first_name.is_empty() && fields.last_name.is_empty());
    errors.take("first_name", fields.set(Field::FirstName, &now.0));
    errors.take("last_name", fields.set(Field::LastName, &now.1));
    if followed {
        errors.take("name", fields.set(Field::Name, &whole(&now.0, &now.1)));
    }
}
