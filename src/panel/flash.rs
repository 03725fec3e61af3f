//! A word to say once on the next page: what was just done, and how to take it back.
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};

const NAME: &str = "rollcall-done";
const BETWEEN: char = '~';

/// The keys that may be said, each with its tone; a cookie can ask for no other.
const KNOWN: [(&str, &str); 68] = [
    ("done.created", "ok"),
    ("done.edited", "ok"),
    ("done.unchanged", "ok"),
    ("done.suspended", "ok"),
    ("done.reactivated", "ok"),
    ("done.role", "ok"),
    ("done.password", "ok"),
    ("done.choose_password", "warn"),
    ("done.chat_app", "ok"),
    ("done.profile", "ok"),
    ("done.picture", "ok"),
    ("done.no_picture", "ok"),
    ("done.preferences", "ok"),
    ("done.columns", "ok"),
    ("done.session", "ok"),
    ("done.sessions", "ok"),
    ("done.signed_out", "ok"),
    ("done.set_up", "ok"),
    ("done.organisation_created", "ok"),
    ("done.organisation_merged", "ok"),
    ("done.organisation_deleted", "ok"),
    ("done.group_created", "ok"),
    ("done.group_deleted", "ok"),
    ("done.tag_created", "ok"),
    ("done.tag_merged", "ok"),
    ("done.tag_deleted", "ok"),
    ("done.field_created", "ok"),
    ("done.field_retired", "ok"),
    ("done.field_restored", "ok"),
    ("done.custom_role_created", "ok"),
    ("done.custom_role_deleted", "ok"),
    ("done.view_saved", "ok"),
    ("done.view_deleted", "ok"),
    ("done.deleted", "ok"),
    ("done.deleted_for_good", "ok"),
    ("done.erased", "ok"),
    ("done.rules", "ok"),
    ("done.merged", "ok"),
    ("done.dismissed", "ok"),
    ("done.undismissed", "ok"),
    ("done.merged_for_good", "ok"),
    ("done.restored", "ok"),
    ("done.retention", "ok"),
    ("done.restored_but", "warn"),
    ("done.restored_waiting", "ok"),
    ("done.key_revoked", "ok"),
    ("done.doors", "ok"),
    ("done.ticket", "ok"),
    ("done.comment", "ok"),
    ("done.workspace_created", "ok"),
    ("batch.suspend", "ok"),
    ("batch.reactivate", "ok"),
    ("batch.tag", "ok"),
    ("batch.untag", "ok"),
    ("batch.organisation", "ok"),
    ("batch.no_organisation", "ok"),
    ("batch.unknown", "warn"),
    ("batch.group", "ok"),
    ("batch.ungroup", "ok"),
    ("batch.language", "ok"),
    ("batch.field", "ok"),
    ("batch.under_way", "warn"),
    ("batch.undone", "ok"),
    ("batch.nobody", "warn"),
    ("batch.no_value", "warn"),
    ("batch.undone_already", "warn"),
    ("plan.changed", "warn"),
    ("done.signed_in_again", "ok"),
];

/// What to say, with the figures in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Flash {
    pub key: &'static str,
    pub tone: &'static str,
    pub numbers: Vec<i64>,
}

impl Flash {
    pub fn new(key: &'static str, numbers: Vec<i64>) -> Self {
        let known = KNOWN.iter().find(|(known, _)| *known == key);
        debug_assert!(known.is_some(), "{key} is not among the known");
        Self { key, tone: known.map_or("ok", |(_, tone)| tone), numbers }
    }

    pub fn of(req: &HttpRequest) -> Option<Self> {
        let asked = req.cookie(NAME)?;
        let mut parts = asked.value().split(BETWEEN);
        let wanted = parts.next()?;
        let (key, _) = KNOWN.iter().find(|(key, _)| *key == wanted)?;
        let numbers = parts.take(4).map(|part| part.parse().ok()).collect::<Option<_>>()?;
        Some(Self::new(key, numbers))
    }

    pub fn carry(&self, https: bool) -> Cookie<'static> {
        let mut value = self.key.to_owned();
        for number in &self.numbers {
            value.push(BETWEEN);
            value.push_str(&number.to_string());
        }
        let cookie = Cookie::build(NAME, value).path("/").http_only(true).same_site(SameSite::Lax).secure(https);
        cookie.max_age(Duration::minutes(1)).finish()
    }

    /// Where what was done is taken back.
    pub fn undo(&self) -> Option<String> {
        match (self.key, self.numbers.as_slice()) {
            (
                "done.deleted"
                | "done.merged"
                | "done.organisation_deleted"
                | "done.organisation_merged"
                | "done.group_deleted"
                | "done.tag_deleted"
                | "done.tag_merged",
                [trash],
            ) => Some(format!("/trash/{trash}/restoration")),
            ("done.dismissed", [pair]) => Some(format!("/duplicates/{pair}/dismissal?_method=delete")),
            (_, [_, _, _, batch]) if *batch > 0 => Some(format!("/batches/{batch}?_method=delete")),
            _ => None,
        }
    }
}

/// Takes the word back once it was said.
pub fn said() -> Cookie<'static> {
    let mut cookie = Cookie::build(NAME, "").path("/").finish();
    cookie.make_removal();
    cookie
}
