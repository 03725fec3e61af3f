//! People as SCIM users: the house's own fields, and what identity providers said beyond them (contract, 4.1).
use crate::actions::people::{identities, kept};
use crate::actions::{Act, groups};
use crate::api::scim::attributes::{ENTERPRISE, USER};
use crate::api::scim::conditions::usual_type;
use crate::api::scim::schema::Document;
use crate::domain::kept::{Element, Kept};
use crate::domain::person::Provider;
use crate::domain::{Email, Fields, Group, Person, Phone, Result, Role, text};
use serde_json::{Value, json};

/// In the order of the people.
pub fn users(act: &mut Act, people: &[Person], base: &str) -> Result<Vec<Document>> {
    let kept = kept::of(act, people)?;
    let external = identities::latest(act, people, &[Provider::Scim])?;
    let groups = groups::known(act)?;
    let nothing = Kept::default();
    let user = |person: &Person| {
        let kept = kept.get(&person.id).unwrap_or(&nothing);
        let mut user = own(person, kept, base);
        if let Some(external) = external.get(&(person.id, Provider::Scim)) {
            user.insert("externalId".into(), json!(external));
        }
        put(&mut user, "groups", in_groups(person, &groups, base));
        put(&mut user, ENTERPRISE.urn, enterprise(person, kept));
        let extended = user.contains_key(ENTERPRISE.urn).then_some(ENTERPRISE.urn);
        let urns: Vec<&str> = [USER.schema.urn].into_iter().chain(extended).collect();
        user.insert("schemas".into(), json!(urns));
        user
    };
    Ok(people.iter().map(user).collect())
}

/// Blank ones are left out.
fn put(to: &mut Document, name: &str, value: Value) {
    let blank = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    if !blank {
        to.insert(name.to_owned(), value);
    }
}

/// What they sign in by: the username, the e-mail of those without one, or else the uid.
pub fn login(person: &Person) -> String {
    let fields = &person.fields;
    let username = fields.username.as_ref().map(|username| username.as_str().to_owned());
    let email = || fields.email.as_ref().map(|email| email.as_str().to_owned());
    username.or_else(email).unwrap_or_else(|| person.uid.to_string())
}

fn own(person: &Person, kept: &Kept, base: &str) -> Document {
    let fields = &person.fields;
    let mut user = Document::new();
    put(&mut user, "id", json!(person.id.0.to_string()));
    put(&mut user, "userName", json!(login(person)));
    put(&mut user, "name", Value::Object(name(fields, kept)));
    put(&mut user, "displayName", json!(fields.name));
    put(&mut user, "title", json!(fields.title));
    for simple in ["nickName", "profileUrl", "userType", "locale"] {
        put(&mut user, simple, json!(kept.text(simple)));
    }
    put(&mut user, "preferredLanguage", json!(as_sent(kept, "preferredLanguage", &fields.language, text::language)));
    put(&mut user, "timezone", json!(as_sent(kept, "timezone", &fields.timezone, text::timezone)));
    let may_sign_in = person.status.may_sign_in();
    if !may_sign_in || kept.get("active", 0).is_none() {
        user.insert("active".into(), json!(may_sign_in));
    }
    for (list, value) in house_values(person) {
        put(&mut user, list, elements(kept, list, value));
    }
    for list in ["ims", "photos", "addresses", "entitlements", "x509Certificates"] {
        put(&mut user, list, kept.list(list, 0).map(read).collect());
    }
    let (created, changed) = (person.created_at.to_string(), person.updated_at.to_string());
    let location = format!("{base}/Users/{}", person.id.0);
    user.insert(
        "meta".into(),
        json!({ "resourceType": "User", "created": created, "lastModified": changed, "location": location,
                "version": version(person) }),
    );
    user
}

pub fn version(person: &Person) -> String {
    format!("W/\"{}\"", person.version)
}

/// The lists whose first element is the house's, and its value.
pub fn house_values(person: &Person) -> [(&'static str, Option<String>); 3] {
    let fields = &person.fields;
    let role = (person.role != Role::EndUser).then(|| person.role.name().to_owned());
    [
        ("emails", fields.email.as_ref().map(|email| email.as_str().to_owned())),
        ("phoneNumbers", fields.phone.as_ref().map(|phone| phone.as_str().to_owned())),
        ("roles", role),
    ]
}

/// What stands for the house's value as it was sent; the house's own when somebody else wrote that.
fn as_sent(kept: &Kept, list: &str, now: &str, parse: fn(&str) -> Result<String, &'static str>) -> String {
    let sent = kept.text(list).filter(|sent| parse(sent).unwrap_or_default() == now);
    sent.unwrap_or(now).to_owned()
}

/// The whole name as it was sent, as long as the house calls them what it did then.
fn name(fields: &Fields, kept: &Kept) -> Element {
    let mut name = kept.get("name", 0).cloned().unwrap_or_default();
    let is_current = name.remove("under").is_some_and(|under| under == fields.name.as_str());
    if !is_current {
        name.remove("formatted");
        put(&mut name, "formatted", json!(fields.name));
    }
    put(&mut name, "givenName", json!(fields.first_name));
    put(&mut name, "familyName", json!(fields.last_name));
    name
}

/// The house's own first, then the others.
fn elements(kept: &Kept, list: &str, value: Option<String>) -> Value {
    let first = value.map(|value| {
        let mut element = kept.get(list, 0).map_or_else(|| usual(list), read_parts);
        let sent = element.get("value").and_then(Value::as_str).filter(|sent| is_same(list, sent, &value));
        let value = sent.map(str::to_owned).unwrap_or(value);
        element.insert("value".into(), json!(value));
        Value::Object(element)
    });
    first.into_iter().chain(kept.list(list, 1).map(read)).collect()
}

/// Of the house's own element when nobody said otherwise.
pub fn usual(list: &str) -> Element {
    let parts = [("type".to_owned(), json!(usual_type(list))), ("primary".to_owned(), json!(true))];
    parts.into_iter().filter(|(name, _)| list != "roles" || name == "type").collect()
}

/// Whether what was sent is still what the house holds.
fn is_same(list: &str, sent: &str, now: &str) -> bool {
    match list {
        "emails" => Email::parse(sent).is_ok_and(|email| email.as_str() == now),
        "phoneNumbers" => Phone::parse(sent).is_ok_and(|phone| phone.as_str() == now),
        _ => sent == now,
    }
}

fn read(element: &Element) -> Value {
    Value::Object(read_parts(element))
}

/// Flags are kept as texts, so that the database compares them alike.
fn read_parts(element: &Element) -> Element {
    let mut parts = element.clone();
    if let Some(primary) = parts.get_mut("primary") {
        *primary = json!(*primary == "true");
    }
    parts
}

fn in_groups(person: &Person, groups: &[Group], base: &str) -> Value {
    let theirs = groups.iter().filter(|group| person.fields.groups.contains(&group.name));
    let told = |group: &Group| {
        json!({ "value": group.id.to_string(), "$ref": format!("{base}/Groups/{}", group.id),
                "display": group.name, "type": "direct" })
    };
    theirs.map(told).collect()
}

fn enterprise(person: &Person, kept: &Kept) -> Value {
    let mut told = Element::new();
    for simple in ["employeeNumber", "costCenter", "division", "department"] {
        put(&mut told, simple, json!(kept.text(simple)));
    }
    put(&mut told, "organization", json!(person.fields.organisation));
    put(&mut told, "manager", Value::Object(kept.get("manager", 0).cloned().unwrap_or_default()));
    Value::Object(told)
}
