//! What a row is asked, as SQL. Nothing here is anybody's text.
use crate::domain::Status;
use crate::domain::condition::Trait;
use crate::domain::extra::PREFIX;
use crate::domain::person::SCIM;
use crate::store::Conn;

pub fn is_number(of: Trait) -> bool {
    use Trait as T;
    matches!(of, T::Id | T::GroupId | T::Created | T::Changed | T::GroupCreated | T::GroupChanged)
}

/// As it was written.
pub fn plain(conn: &Conn, of: Trait) -> String {
    use Trait as T;
    match of {
        T::Id => "people.id".into(),
        T::Login => "COALESCE(people.username, people.email, people.uid)".into(),
        T::Email => "COALESCE(people.email, '')".into(),
        T::Phone => "COALESCE(people.phone, '')".into(),
        T::Name => "people.name".into(),
        T::FirstName => "people.first_name".into(),
        T::LastName => "people.last_name".into(),
        T::Title => "people.title".into(),
        T::Language => "people.language".into(),
        T::Timezone => "people.timezone".into(),
        T::Organisation => "people.organisation_key".into(),
        T::Active => {
            format!("CASE WHEN people.status <= {} THEN 'true' ELSE 'false' END", Status::Active as i16)
        }
        T::Role => "CASE people.role WHEN 2 THEN 'admin' WHEN 1 THEN 'agent' ELSE '' END".into(),
        T::Created => "people.created_at".into(),
        T::Changed => "people.updated_at".into(),
        T::ExternalId => format!(
            "COALESCE((SELECT i.subject FROM identities AS i WHERE i.person_id = people.id AND i.provider = '{SCIM}' \
             ORDER BY i.id DESC LIMIT 1), '')"
        ),
        T::Part(part) => format!("COALESCE({}, '')", kept(conn, part)),
        T::Beside { list, part, otherwise } => format!(
            "COALESCE((SELECT COALESCE({}, '') FROM person_extras AS k \
             WHERE k.person_id = people.id AND k.name = '{PREFIX}{list}#0'), '{otherwise}')",
            kept(conn, part)
        ),
        T::GroupId => "groups.id".into(),
        T::GroupName => "groups.name".into(),
        T::GroupExternalId => "groups.external_id".into(),
        T::GroupCreated => "groups.created_at".into(),
        T::GroupChanged => "groups.updated_at".into(),
    }
}

/// Made equal as [`crate::domain::fold`] does.
pub fn folded(conn: &Conn, of: Trait) -> String {
    use Trait as T;
    match of {
        T::Login => "COALESCE(people.username_key, people.email_key, people.uid)".into(),
        T::Email => "COALESCE(people.email_key, '')".into(),
        T::Phone => "COALESCE(people.phone_key, '')".into(),
        T::Name => "CASE WHEN people.name = '' THEN '' ELSE people.name_key END".into(),
        T::GroupName => "groups.name_key".into(),
        T::Organisation | T::Active | T::Role => plain(conn, of),
        _ => {
            let plain = plain(conn, of);
            match conn {
                Conn::Sqlite(_) => format!("folded({plain})"),
                Conn::Postgres(_) => format!("LOWER(NORMALIZE(BTRIM({plain}), NFKC))"),
            }
        }
    }
}

/// What a list is sorted by: those without a value come last upwards and first downwards.
pub fn order(conn: &Conn, of: Trait) -> String {
    if is_number(of) {
        return plain(conn, of);
    }
    let key = folded(conn, of);
    format!("(CASE WHEN {key} = '' THEN '1' ELSE '0' || {key} END)")
}

/// A part of what `k` keeps; other rows of the table are no JSON.
fn kept(conn: &Conn, part: &str) -> String {
    let read = match conn {
        Conn::Sqlite(_) => format!("json_extract(k.value, '$.\"{part}\"')"),
        Conn::Postgres(_) => format!("(k.value::jsonb ->> '{part}')"),
    };
    format!("CASE WHEN k.name LIKE '{PREFIX}%' THEN {read} END")
}
