//! The web panel: one file per page family. Take in, act, choose the page, answer.
mod address;
mod assets;
mod audit;
mod completions;
mod dates;
mod entries;
mod flash;
mod gate;
mod guard;
mod home;
mod login;
mod logout;
mod people;
mod preferences;
mod query;
mod refusal;
mod session_store;
mod setup;
mod view;
mod visit;

pub use gate::who_visits;
pub use guard::{method_override, same_origin, security_headers};
pub use refusal::{form_limits, pages_for_errors};
pub use session_store::sessions;

use actix_web::web;

/// Lists every page once: the routes are made from it, and the tests walk [`TABLE`].
macro_rules! routes {
    ($($path:literal { $($method:ident => $handler:path),+ $(,)? })+) => {
        /// Every method and path of the panel.
        pub const TABLE: &[(&str, &str)] = &[$($((stringify!($method), $path)),+),+];

        pub fn routes(cfg: &mut web::ServiceConfig) {
            $(cfg.service(web::resource($path)$(.route(web::$method().to($handler)))+);)+
        }
    };
}

/// Style, script and icons: the same for everybody, so outside the sessions.
pub fn files(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/static/{file:.*}").route(web::get().to(assets::show)));
}

routes! {
    "/" { get => home::show }
    "/setup" { get => setup::new, post => setup::create }
    "/login" { get => login::new, post => login::create }
    "/logout" { post => logout::create }
    "/preferences" { post => preferences::update }
    "/people" { get => people::index::index, post => people::form::create }
    "/people/new" { get => people::form::new }
    "/people/{id}" { get => people::show::show, post => people::form::update }
    "/people/{id}/edit" { get => people::form::edit }
    "/people/{id}/suspension" { get => people::suspension::new, post => people::suspension::create, delete => people::suspension::destroy }
    "/people/{id}/role" { get => people::role::edit, post => people::role::update }
    "/people/{id}/password" { get => people::password::edit, post => people::password::update }
    "/people/{id}/activity" { get => people::activity::index }
    "/audit" { get => audit::index }
    "/completions/organisations" { get => completions::organisations }
    "/completions/tags" { get => completions::tags }
}
