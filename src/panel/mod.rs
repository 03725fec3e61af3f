//! The web panel: one file per page family. Take in, act, choose the page, answer.
mod assets;
mod audit;
mod batches;
mod chart;
mod completions;
mod dates;
mod devices;
mod docs;
mod download;
mod duplicates;
mod ends;
mod entered;
mod entries;
mod erasures;
mod expired;
mod exports;
mod faces;
mod fields;
mod flash;
mod gate;
mod groups;
mod guard;
mod imports;
mod jobs;
mod keys;
mod labels;
mod login;
mod logout;
mod markup;
mod me;
mod organisations;
mod overview;
mod people;
mod preferences;
mod query;
mod refusal;
mod roles;
mod search;
mod sentences;
mod session_store;
mod setup;
mod tags;
mod tickets;
mod trash;
mod view;
mod views;
mod visit;
mod workspaces;

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

/// Style, script and icons: the same for everybody, so outside the sessions. Mounted at `/static`.
pub fn files(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/{file:.*}").route(web::get().to(assets::show)));
}

routes! {
    "/" { get => overview::show }
    "/setup" { get => setup::new, post => setup::create }
    "/login" { get => login::new, post => login::create }
    "/logout" { post => logout::create }
    "/preferences" { post => preferences::update }
    "/me" { get => me::show, post => me::update }
    "/search" { get => search::index }
    "/people.csv" { get => people::export::show }
    "/people.xlsx" { get => people::export::show }
    "/people.jsonl" { get => people::export::show }
    "/exports" { post => exports::create }
    "/exports/new" { get => exports::new }
    "/people" { get => people::index::index, post => people::form::create }
    "/people/new" { get => people::form::new }
    "/people/count" { get => people::count::show }
    "/people/facets" { get => people::facets::show }
    "/people/columns" { get => people::columns::edit, post => people::columns::update }
    "/people/plans" { post => people::plans::create }
    "/people/plans/new" { get => people::plans::new }
    "/people/plans/{id}" { get => people::plans::show, post => people::plans::update }
    "/people/deletion" { get => people::deletions::new, post => people::deletions::create }
    "/jobs" { get => jobs::index }
    "/jobs/{id}" { get => jobs::show, delete => jobs::destroy }
    "/jobs/{id}/people.{ending}" { get => jobs::people::show }
    "/jobs/{id}/attempts" { post => jobs::attempts::create }
    "/jobs/{id}/pause" { post => jobs::pause::create, delete => jobs::pause::destroy }
    "/imports" { get => imports::index::index, post => imports::index::create }
    "/imports/{id}" { get => imports::show::show, post => imports::edit::update }
    "/imports/{id}/edit" { get => imports::edit::edit }
    "/imports/{id}/run" { post => imports::run::create }
    "/imports/{id}/reversal" { get => imports::reversal::new, post => imports::reversal::create }
    "/imports/{id}/events" { get => imports::events::show }
    "/imports/{id}/rejected.csv" { get => imports::rejected::show }
    "/people/{id}" { get => people::show::show, post => people::form::update }
    "/people/{id}/edit" { get => people::form::edit }
    "/people/{id}/suspension" { get => people::suspension::new, post => people::suspension::create, delete => people::suspension::destroy }
    "/people/{id}/deletion" { get => people::deletion::new, post => people::deletion::create }
    "/people/{id}/data.zip" { get => people::data::show }
    "/people/{id}/erasure" { get => people::erasure::new, post => people::erasure::create }
    "/people/{id}/merge" { get => people::merge::new, post => people::merge::create }
    "/people/{id}/role" { get => people::role::edit, post => people::role::update }
    "/people/{id}/password" { get => people::password::edit, post => people::password::update }
    "/people/{id}/tickets" { get => people::tickets::index }
    "/people/{id}/chat" { get => people::chat::show }
    "/people/{id}/activity" { get => people::activity::index }
    "/people/{id}/profile" { get => people::profile::edit, post => people::profile::update }
    "/people/{id}/permissions" { get => people::permissions::show }
    "/people/{id}/access" { get => people::access::show }
    "/people/{id}/sessions" { delete => people::access::destroy_all }
    "/people/{id}/sessions/{handle}" { delete => people::access::destroy }
    "/people/{id}/avatar" { get => people::avatar::edit, post => people::avatar::update, delete => people::avatar::destroy }
    "/avatars/{hash}" { get => people::avatar::show }
    "/batches" { post => batches::create }
    "/batches/new" { get => batches::new }
    "/batches/{id}" { delete => batches::destroy }
    "/views" { post => views::create }
    "/views/new" { get => views::new }
    "/views/{id}" { post => views::update, delete => views::destroy }
    "/views/{id}/edit" { get => views::edit }
    "/organisations" { get => organisations::index::index, post => organisations::form::create }
    "/organisations/new" { get => organisations::form::new }
    "/organisations/{id}" { get => organisations::show::show, post => organisations::form::update }
    "/organisations/{id}/edit" { get => organisations::form::edit }
    "/organisations/{id}/merge" { get => organisations::merge::new, post => organisations::merge::create }
    "/organisations/{id}/deletion" { get => organisations::deletion::new, post => organisations::deletion::create }
    "/groups" { get => groups::index::index, post => groups::form::create }
    "/groups/new" { get => groups::form::new }
    "/groups/{id}" { get => groups::show::show, post => groups::form::update }
    "/groups/{id}/edit" { get => groups::form::edit }
    "/groups/{id}/deletion" { get => groups::deletion::new, post => groups::deletion::create }
    "/tags" { get => tags::index::index, post => tags::form::create }
    "/tags/new" { get => tags::form::new }
    "/tags/{id}" { post => tags::form::update }
    "/tags/{id}/edit" { get => tags::form::edit }
    "/tags/{id}/merge" { get => tags::merge::new, post => tags::merge::create }
    "/tags/{id}/deletion" { get => tags::deletion::new, post => tags::deletion::create }
    "/fields" { get => fields::index::index, post => fields::form::create }
    "/fields/new" { get => fields::form::new }
    "/fields/{id}" { post => fields::form::update }
    "/fields/{id}/edit" { get => fields::form::edit }
    "/fields/{id}/place" { post => fields::place::update }
    "/fields/{id}/retirement" { post => fields::retirement::create, delete => fields::retirement::destroy }
    "/roles" { get => roles::index::index, post => roles::form::create }
    "/roles/new" { get => roles::form::new }
    "/roles/{id}" { get => roles::show::show, post => roles::form::update, delete => roles::show::destroy }
    "/roles/{id}/edit" { get => roles::form::edit }
    "/docs/api" { get => docs::api::index }
    "/docs/api/{dialect}" { get => docs::api::show }
    "/keys" { get => keys::index, post => keys::create }
    "/keys/new" { get => keys::new }
    "/keys/settings" { get => keys::settings::edit, post => keys::settings::update }
    "/keys/{id}/app" { get => keys::app::edit, post => keys::app::update }
    "/keys/{id}/revocation" { get => keys::revocation::new, post => keys::revocation::create }
    "/tickets" { get => tickets::index::index }
    "/tickets/{id}" { get => tickets::show::show, post => tickets::show::update }
    "/tickets/{id}/comments" { post => tickets::comments::create }
    "/workspaces" { get => workspaces::index::index, post => workspaces::form::create }
    "/workspaces/new" { get => workspaces::form::new }
    "/workspaces/{id}" { get => workspaces::show::show, post => workspaces::form::update }
    "/workspaces/{id}/edit" { get => workspaces::form::edit }
    "/workspaces/{id}/members" { post => workspaces::members::create }
    "/workspaces/{id}/members/{person}" { delete => workspaces::members::destroy }
    "/trash" { get => trash::index::index }
    "/trash/retention" { get => trash::retention::edit, post => trash::retention::update }
    "/trash/{id}/erasure" { get => trash::erasure::new, post => trash::erasure::create }
    "/trash/{id}/restoration" { get => trash::restoration::new, post => trash::restoration::create }
    "/duplicates" { get => duplicates::index }
    "/duplicates/{id}/dismissal" { post => duplicates::create, delete => duplicates::destroy }
    "/erasures" { get => erasures::index }
    "/erasures/rules" { get => erasures::rules::edit, post => erasures::rules::update }
    "/erasures/{id}" { get => erasures::show }
    "/audit" { get => audit::index }
    "/audit/checkpoint" { get => audit::checkpoint }
    "/completions/line" { get => completions::line::show }
    "/completions/organisations" { get => completions::organisations }
    "/completions/people" { get => completions::people }
    "/completions/staff" { get => completions::staff }
    "/completions/tags" { get => completions::tags }
}
