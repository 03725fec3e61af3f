//! A word to say once on the next page: what was just done.
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};

const NAME: &str = "rollcall-done";

/// The keys that may be said; a cookie can ask for no other.
const KNOWN: [&str; 9] = [
    "done.created",
    "done.edited",
    "done.unchanged",
    "done.suspended",
    "done.reactivated",
    "done.role",
    "done.password",
    "done.signed_out",
    "done.set_up",
];

pub fn of(req: &HttpRequest) -> Option<&'static str> {
    let asked = req.cookie(NAME)?;
    KNOWN.into_iter().find(|key| *key == asked.value())
}

pub fn carry(key: &'static str, https: bool) -> Cookie<'static> {
    debug_assert!(KNOWN.contains(&key), "{key} is not among the known");
    let cookie = Cookie::build(NAME, key).path("/").http_only(true).same_site(SameSite::Lax).secure(https);
    cookie.max_age(Duration::minutes(1)).finish()
}

pub fn said() -> Cookie<'static> {
    let mut cookie = Cookie::build(NAME, "").path("/").finish();
    cookie.make_removal();
    cookie
}
