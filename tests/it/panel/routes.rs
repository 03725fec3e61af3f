//! Every route by every kind of reader: what it answers, and that a write adds exactly one entry.
use crate::house::{Client, House, PASSWORD, on_both};
use rollcall::actions::{roles, views};
use rollcall::domain::custom::FieldKind;
use rollcall::domain::key::Dialect;
use rollcall::domain::{Permission, Person, Reach, Role, Status};
use std::collections::BTreeSet;

/// Upon whom a request acts; somebody new for every request.
#[derive(Clone, Copy, PartialEq)]
enum On {
    Nobody,
    Customer,
    Suspended,
    Agent,
    Admin,
    Me,
    Organisation,
    Group,
    Tag,
    Field,
    CustomRole,
    OwnView,
    Batch,
    Ticket,
    Workspace,
    Key,
}
use On::{
    Admin, Agent, Batch, CustomRole, Customer, Field, Group, Key, Me, Nobody, Organisation, OwnView, Suspended, Tag,
    Ticket, Workspace,
};

type Form = &'static [(&'static str, &'static str)];
type Six<T> = [T; 6];

struct Case {
    method: &'static str,
    path: &'static str,
    on: On,
    form: Form,
    /// In the order of [`READERS`]; 0 is the way to the sign-in.
    answers: Six<u16>,
    /// Entries that a success adds.
    entries: i64,
}

const ROLE_OF_ALL: &str = "All that a role can";
const EDIT: Form = &[("version", "1"), ("title", "Buyer")];
const NEW: Form = &[("name", "New"), ("username", "NEW"), ("role", "end_user"), ("status", "active")];
const ROLE: Form = &[("role", "agent"), ("manage_people", "yes"), ("tickets", "groups"), ("sure", "yes")];
const SECRET: Form = &[("current", PASSWORD), ("password", "seven green umbrellas sing")];
const SIGN_IN: Form = &[("login", "signer@example.org"), ("password", PASSWORD)];
const MINE: Form = &[("language", "en"), ("timezone", "Europe/London"), ("theme", "dark"), ("shortcuts", "yes")];
const NAMED: Form = &[("version", "1"), ("name", "NEW")];
const MERGE: Form = &[("into", "Heir"), ("members", "0")];
const GONE: Form = &[("members", "0"), ("tickets", "0")];
const FIELD: Form = &[("version", "1"), ("label_en", "NEW"), ("kind", "text"), ("audience", "all")];
const POWERS: Form = &[("version", "1"), ("name", "NEW"), ("reach", "everyone"), ("permissions", "edit_people")];

const WORK: Form = &[("version", "1"), ("status", "solved"), ("priority", "high")];
const SAY: Form = &[("body", "Done."), ("is_public", "yes")];
const OWNED: Form = &[("version", "1"), ("name", "NEW"), ("owner", "signer@example.org")];
const MEMBER: Form = &[("member", "signer@example.org"), ("role", "3")];

const KEY: Form = &[("dialect", "datarc"), ("owner", "signer@example.org"), ("name", "NEW")];

const fn case(method: &'static str, path: &'static str, on: On, form: Form, answers: Six<u16>, entries: i64) -> Case {
    Case { method, path, on, form, answers, entries }
}

const CASES: &[Case] = &[
    case("get", "/", Nobody, &[], [0, 303, 200, 200, 200, 200], 0),
    case("get", "/setup", Nobody, &[], [404, 404, 404, 404, 404, 404], 0),
    case("post", "/setup", Nobody, &[("code", "x")], [404, 404, 404, 404, 404, 404], 0),
    case("get", "/login", Nobody, &[], [200, 303, 303, 303, 303, 303], 0),
    case("post", "/login", Nobody, SIGN_IN, [303, 303, 303, 303, 303, 303], 1),
    case("post", "/logout", Nobody, &[], [0, 303, 303, 303, 303, 303], 1),
    case("post", "/preferences", Nobody, &[("theme", "dark")], [0, 303, 303, 303, 303, 303], 1),
    case("get", "/me", Nobody, &[], [0, 200, 200, 200, 200, 200], 0),
    case("post", "/me", Nobody, MINE, [0, 303, 303, 303, 303, 303], 1),
    case("get", "/search", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/people", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/people.csv", Nobody, &[], [0, 403, 403, 200, 200, 200], 1),
    case("get", "/people.xlsx", Nobody, &[], [0, 403, 403, 200, 200, 200], 1),
    case("get", "/people.jsonl", Nobody, &[], [0, 403, 403, 200, 200, 200], 1),
    case("get", "/exports/new", Nobody, &[], [0, 403, 403, 200, 200, 200], 0),
    case("post", "/exports", Nobody, &[("count", "-1"), ("once", "x")], [0, 403, 403, 409, 409, 409], 0),
    case("get", "/people/plans/new", Nobody, &[], [0, 403, 403, 403, 200, 200], 0),
    case("post", "/people/plans", Nobody, &[("count", "-1"), ("once", "x")], [0, 403, 403, 403, 409, 409], 0),
    case("get", "/people/plans/{id}", Customer, &[], [0, 403, 403, 403, 404, 404], 0),
    case("post", "/people/plans/{id}", Customer, &[("typed", "1")], [0, 403, 403, 403, 404, 404], 0),
    case("get", "/jobs/{id}/people.{ending}", Customer, &[], [0, 404, 404, 404, 404, 404], 0),
    case("post", "/people", Nobody, NEW, [0, 403, 403, 303, 303, 303], 1),
    case("get", "/people/new", Nobody, &[], [0, 403, 403, 200, 200, 200], 0),
    case("get", "/people/facets", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/people/count", Nobody, &[], [0, 403, 303, 303, 303, 303], 0),
    case("get", "/people/columns", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/people/columns", Nobody, &[("column", "seen")], [0, 403, 303, 303, 303, 303], 1),
    case("get", "/people/{id}", Customer, &[], [0, 404, 200, 200, 200, 404], 0),
    case("get", "/people/{id}", Admin, &[], [0, 404, 200, 200, 200, 404], 0),
    case("get", "/people/{id}", Me, &[], [0, 200, 200, 200, 200, 200], 0),
    case("post", "/people/{id}", Customer, EDIT, [0, 404, 403, 303, 303, 404], 1),
    case("post", "/people/{id}", Agent, EDIT, [0, 404, 403, 403, 303, 404], 1),
    case("post", "/people/{id}", Admin, EDIT, [0, 404, 403, 403, 303, 404], 1),
    case("post", "/people/{id}", Me, EDIT, [0, 303, 303, 303, 303, 303], 1),
    case("post", "/people/{id}", Me, &[("version", "1"), ("notes", "rich")], [0, 403, 403, 403, 303, 403], 1),
    case("get", "/people/{id}/edit", Customer, &[], [0, 404, 403, 200, 200, 404], 0),
    case("get", "/people/{id}/edit", Agent, &[], [0, 404, 403, 403, 200, 404], 0),
    case("get", "/people/{id}/edit", Me, &[], [0, 200, 200, 200, 200, 200], 0),
    case("get", "/people/{id}/suspension", Customer, &[], [0, 404, 403, 200, 200, 404], 0),
    case("get", "/people/{id}/suspension", Agent, &[], [0, 404, 403, 403, 200, 404], 0),
    case("post", "/people/{id}/suspension", Customer, &[("reason", "pause")], [0, 404, 403, 303, 303, 404], 1),
    case("post", "/people/{id}/suspension", Agent, &[], [0, 404, 403, 403, 303, 404], 1),
    case("post", "/people/{id}/suspension", Admin, &[], [0, 404, 403, 403, 303, 404], 1),
    case("post", "/people/{id}/suspension", Me, &[], [0, 403, 403, 403, 403, 403], 0),
    case("delete", "/people/{id}/suspension", Suspended, &[], [0, 404, 403, 303, 303, 404], 1),
    case("get", "/people/{id}/role", Customer, &[], [0, 404, 403, 403, 200, 404], 0),
    case("post", "/people/{id}/role", Customer, ROLE, [0, 404, 403, 403, 303, 404], 1),
    case("post", "/people/{id}/role", Me, &[("role", "admin")], [0, 403, 403, 403, 303, 403], 0),
    case("get", "/people/{id}/password", Customer, &[], [0, 404, 403, 403, 200, 404], 0),
    case("get", "/people/{id}/password", Me, &[], [0, 200, 200, 200, 200, 200], 0),
    case("post", "/people/{id}/password", Customer, SECRET, [0, 404, 403, 403, 303, 404], 1),
    case("post", "/people/{id}/password", Me, SECRET, [0, 303, 303, 303, 303, 303], 1),
    case("get", "/people/{id}/activity", Customer, &[], [0, 404, 200, 200, 200, 404], 0),
    case("get", "/people/{id}/activity", Me, &[], [0, 200, 200, 200, 200, 200], 0),
    case("get", "/people/{id}/profile", Agent, &[], [0, 404, 403, 403, 200, 404], 0),
    case("get", "/people/{id}/profile", Customer, &[], [0, 404, 403, 403, 404, 404], 0),
    case("get", "/people/{id}/profile", Me, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/people/{id}/profile", Agent, &[("display_name", "Pat")], [0, 404, 403, 403, 303, 404], 1),
    case("post", "/people/{id}/profile", Me, &[("display_name", "Pat")], [0, 403, 303, 303, 303, 303], 1),
    case("get", "/people/{id}/permissions", Agent, &[], [0, 404, 403, 403, 200, 404], 0),
    case("get", "/people/{id}/permissions", Me, &[], [0, 200, 200, 200, 200, 200], 0),
    case("get", "/people/{id}/access", Customer, &[], [0, 404, 403, 403, 200, 404], 0),
    case("get", "/people/{id}/access", Me, &[], [0, 403, 403, 403, 200, 403], 0),
    case("delete", "/people/{id}/sessions", Customer, &[], [0, 404, 403, 403, 303, 404], 0),
    case("delete", "/people/{id}/sessions", Me, &[], [0, 303, 303, 303, 303, 303], 0),
    case("delete", "/people/{id}/sessions/{handle}", Customer, &[], [0, 404, 403, 403, 404, 404], 0),
    case("delete", "/people/{id}/sessions/{handle}", Me, &[], [0, 404, 404, 404, 404, 404], 0),
    case("get", "/people/{id}/avatar", Customer, &[], [0, 404, 403, 200, 200, 404], 0),
    case("get", "/people/{id}/avatar", Me, &[], [0, 200, 200, 200, 200, 200], 0),
    case("post", "/people/{id}/avatar", Customer, &[], [0, 404, 403, 422, 422, 404], 0),
    case("delete", "/people/{id}/avatar", Customer, &[], [0, 404, 403, 303, 303, 404], 0),
    case("get", "/avatars/{hash}", Nobody, &[], [0, 404, 404, 404, 404, 404], 0),
    case("post", "/batches", Nobody, &[("deed", "suspend")], [0, 403, 303, 303, 303, 303], 0),
    case("delete", "/batches/{id}", Batch, &[("back", "/people")], [0, 404, 404, 303, 303, 303], 1),
    case("get", "/views/new", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/views", Nobody, &[("name", "NEW"), ("query", "q=a")], [0, 403, 303, 303, 303, 303], 1),
    case("get", "/views/{id}/edit", OwnView, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/views/{id}", OwnView, NAMED, [0, 403, 303, 303, 303, 303], 1),
    case("delete", "/views/{id}", OwnView, &[], [0, 403, 303, 303, 303, 303], 1),
    case("get", "/organisations", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/organisations", Nobody, NAMED, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/organisations/new", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("get", "/organisations/{id}", Organisation, &[], [0, 403, 200, 200, 200, 404], 0),
    case("post", "/organisations/{id}", Organisation, NAMED, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/organisations/{id}/edit", Organisation, &[], [0, 403, 403, 403, 200, 404], 0),
    case("get", "/organisations/{id}/merge", Organisation, &[], [0, 403, 403, 403, 200, 404], 0),
    case("post", "/organisations/{id}/merge", Organisation, MERGE, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/organisations/{id}/deletion", Organisation, &[], [0, 403, 403, 403, 200, 404], 0),
    case("post", "/organisations/{id}/deletion", Organisation, GONE, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/groups", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/groups", Nobody, NAMED, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/groups/new", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("get", "/groups/{id}", Group, &[], [0, 403, 200, 200, 200, 404], 0),
    case("post", "/groups/{id}", Group, NAMED, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/groups/{id}/edit", Group, &[], [0, 403, 403, 403, 200, 404], 0),
    case("get", "/groups/{id}/deletion", Group, &[], [0, 403, 403, 403, 200, 404], 0),
    case("post", "/groups/{id}/deletion", Group, GONE, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/tags", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/tags", Nobody, NAMED, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/tags/new", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/tags/{id}", Tag, NAMED, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/tags/{id}/edit", Tag, &[], [0, 403, 403, 403, 200, 404], 0),
    case("get", "/tags/{id}/merge", Tag, &[], [0, 403, 403, 403, 200, 404], 0),
    case("post", "/tags/{id}/merge", Tag, MERGE, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/tags/{id}/deletion", Tag, &[], [0, 403, 403, 403, 200, 404], 0),
    case("post", "/tags/{id}/deletion", Tag, GONE, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/fields", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/fields", Nobody, FIELD, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/fields/new", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/fields/{id}", Field, FIELD, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/fields/{id}/edit", Field, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/fields/{id}/place", Field, &[("to", "up")], [0, 403, 403, 403, 303, 403], 1),
    case("post", "/fields/{id}/retirement", Field, &[], [0, 403, 403, 403, 303, 403], 1),
    case("delete", "/fields/{id}/retirement", Field, &[], [0, 403, 403, 403, 303, 403], 0),
    case("get", "/roles", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/roles", Nobody, POWERS, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/roles/new", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("get", "/roles/{id}", CustomRole, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/roles/{id}", CustomRole, POWERS, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/roles/{id}/edit", CustomRole, &[], [0, 403, 403, 403, 200, 403], 0),
    case("delete", "/roles/{id}", CustomRole, &[], [0, 403, 403, 403, 303, 403], 1),
    case("get", "/people/{id}/tickets", Customer, &[], [0, 404, 200, 200, 200, 404], 0),
    case("get", "/people/{id}/tickets", Me, &[], [0, 200, 200, 200, 200, 200], 0),
    case("get", "/people/{id}/chat", Customer, &[], [0, 404, 200, 200, 200, 404], 0),
    case("get", "/people/{id}/chat", Me, &[], [0, 403, 403, 403, 200, 403], 0),
    case("get", "/tickets", Nobody, &[], [0, 200, 200, 200, 200, 200], 0),
    case("get", "/tickets/{id}", Ticket, &[], [0, 404, 200, 200, 200, 404], 0),
    case("post", "/tickets/{id}", Ticket, WORK, [0, 404, 303, 303, 303, 404], 1),
    case("post", "/tickets/{id}/comments", Ticket, SAY, [0, 404, 303, 303, 303, 404], 1),
    case("get", "/workspaces", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("post", "/workspaces", Nobody, OWNED, [0, 403, 403, 403, 303, 403], 1),
    case("get", "/workspaces/new", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("get", "/workspaces/{id}", Workspace, &[], [0, 403, 200, 200, 200, 404], 0),
    case("post", "/workspaces/{id}", Workspace, OWNED, [0, 403, 403, 403, 303, 404], 1),
    case("get", "/workspaces/{id}/edit", Workspace, &[], [0, 403, 403, 403, 200, 404], 0),
    case("post", "/workspaces/{id}/members", Workspace, MEMBER, [0, 403, 403, 403, 303, 404], 1),
    case("delete", "/workspaces/{id}/members/{person}", Workspace, &[], [0, 404, 404, 404, 404, 404], 0),
    case("get", "/completions/people", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/completions/staff", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/people/{id}/deletion", Customer, &[], [0, 404, 403, 403, 200, 404], 0),
    case("get", "/duplicates", Nobody, &[], [0, 403, 403, 403, 200, 200], 0),
    case("post", "/duplicates/{id}/dismissal", Customer, &[], [0, 403, 403, 403, 404, 404], 0),
    case("delete", "/duplicates/{id}/dismissal", Customer, &[], [0, 403, 403, 403, 404, 404], 0),
    case("get", "/people/deletion", Nobody, &[], [0, 403, 403, 403, 303, 303], 0),
    case("post", "/people/deletion", Nobody, &[("id", "1"), ("seen", "x")], [0, 403, 403, 403, 422, 422], 0),
    case("get", "/jobs/{id}", Customer, &[], [0, 404, 404, 404, 404, 404], 0),
    case("delete", "/jobs/{id}", Customer, &[], [0, 404, 404, 404, 404, 404], 0),
    case("post", "/jobs/{id}/attempts", Customer, &[], [0, 404, 404, 404, 404, 404], 0),
    case("post", "/jobs/{id}/pause", Customer, &[], [0, 404, 404, 404, 404, 404], 0),
    case("delete", "/jobs/{id}/pause", Customer, &[], [0, 404, 404, 404, 404, 404], 0),
    case("get", "/imports", Nobody, &[], [0, 403, 403, 200, 200, 200], 0),
    case("post", "/imports", Nobody, &[], [0, 403, 403, 422, 422, 422], 0),
    case("get", "/imports/{id}", Customer, &[], [0, 403, 403, 404, 404, 404], 0),
    case("post", "/imports/{id}", Customer, &[("version", "1"), ("many", "1")], [0, 403, 403, 404, 404, 404], 0),
    case("get", "/imports/{id}/edit", Customer, &[], [0, 403, 403, 404, 404, 404], 0),
    case("post", "/imports/{id}/run", Customer, &[("version", "1")], [0, 403, 403, 404, 404, 404], 0),
    case("get", "/imports/{id}/reversal", Customer, &[], [0, 403, 403, 404, 404, 404], 0),
    case("post", "/imports/{id}/reversal", Customer, &[("version", "1")], [0, 403, 403, 404, 404, 404], 0),
    case("get", "/imports/{id}/events", Customer, &[], [0, 403, 403, 404, 404, 404], 0),
    case("get", "/imports/{id}/rejected.csv", Customer, &[], [0, 403, 403, 404, 404, 404], 0),
    case("get", "/jobs", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/batches/new", Nobody, &[], [0, 403, 400, 400, 400, 400], 0),
    case("get", "/people/{id}/data.zip", Customer, &[], [0, 404, 403, 403, 200, 404], 1),
    case("get", "/people/{id}/data.zip", Me, &[], [0, 200, 200, 200, 200, 200], 1),
    case("get", "/trash/{id}/erasure", Customer, &[], [0, 403, 403, 403, 404, 403], 0),
    case("post", "/trash/{id}/erasure", Customer, &[("reason", "y")], [0, 403, 403, 403, 404, 403], 0),
    case("get", "/people/{id}/erasure", Customer, &[], [0, 404, 403, 403, 200, 404], 0),
    case("post", "/people/{id}/erasure", Customer, &[("seen", "x"), ("reason", "y")], [0, 404, 403, 403, 409, 404], 0),
    case("get", "/erasures/rules", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case(
        "post",
        "/erasures/rules",
        Nobody,
        &[("inactive", "0"), ("suspended", "9999")],
        [0, 403, 403, 403, 303, 403],
        1,
    ),
    case("get", "/docs/api", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/docs/api/{dialect}", Nobody, &[], [0, 403, 404, 404, 404, 404], 0),
    case("get", "/keys", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/keys", Nobody, KEY, [0, 403, 403, 403, 200, 403], 1),
    case("get", "/keys/new", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("get", "/keys/settings", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/keys/settings", Nobody, &[("always_ok", "yes")], [0, 403, 403, 403, 303, 403], 1),
    case("get", "/keys/{id}/app", Key, &[], [0, 403, 403, 403, 200, 403], 0),
    case(
        "post",
        "/keys/{id}/app",
        Key,
        &[("rate_users", "7"), ("rate_tokens", "8"), ("rate_deletions", "9")],
        [0, 403, 403, 403, 303, 403],
        1,
    ),
    case("get", "/keys/{id}/revocation", Key, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/keys/{id}/revocation", Key, &[], [0, 403, 403, 403, 303, 403], 1),
    case("get", "/erasures", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("get", "/erasures/{id}", Customer, &[], [0, 403, 403, 403, 404, 403], 0),
    case("get", "/audit/checkpoint", Nobody, &[], [0, 403, 403, 403, 404, 403], 0),
    case("get", "/people/{id}/merge", Customer, &[], [0, 404, 403, 403, 200, 404], 0),
    case("post", "/people/{id}/merge", Customer, &[("seen", "x"), ("into", "1")], [0, 404, 403, 403, 409, 404], 0),
    case("get", "/people/{id}/deletion", Me, &[], [0, 403, 403, 403, 403, 403], 0),
    case("post", "/people/{id}/deletion", Customer, &[("seen", "x")], [0, 404, 403, 403, 409, 404], 0),
    case("get", "/trash", Nobody, &[], [0, 403, 403, 403, 200, 200], 0),
    case("get", "/trash/retention", Nobody, &[], [0, 403, 403, 403, 200, 403], 0),
    case("post", "/trash/retention", Nobody, &[("days", "30")], [0, 403, 403, 403, 303, 403], 0),
    case("get", "/trash/{id}/restoration", Nobody, &[], [0, 403, 403, 403, 404, 404], 0),
    case("post", "/trash/{id}/restoration", Nobody, &[], [0, 403, 403, 403, 404, 404], 0),
    case("get", "/audit", Nobody, &[], [0, 403, 403, 403, 200, 200], 0),
    case("get", "/completions/organisations", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/completions/line", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
    case("get", "/completions/tags", Nobody, &[], [0, 403, 200, 200, 200, 200], 0),
];

const READERS: Six<&str> = [
    "a stranger",
    "an end user",
    "an agent who only looks",
    "an agent",
    "an administrator",
    "an agent who may do all that a role can, but only reaches a group of their own",
];

/// Each request comes from somebody fresh, so that no case disturbs another.
fn reader(house: &House, which: usize, number: usize) -> (Client, Option<Person>) {
    let name = format!("Reader {which} {number}");
    let person = match which {
        0 => return (house.stranger(), None),
        1 => house.join(&name, Role::EndUser),
        2 => house.join_looker(&name),
        3 => house.join(&name, Role::Agent),
        4 => house.join(&name, Role::Admin),
        _ => {
            let group = format!("Group {number}");
            house.group(&group);
            // There may be two hundred roles, and there are more cases.
            let known = house.act(roles::index).unwrap().into_iter().find(|one| one.role.name == ROLE_OF_ALL);
            let role = known.map(|one| one.role.id);
            let role = role.unwrap_or_else(|| house.role(ROLE_OF_ALL, Reach::Groups, Permission::ALL));
            house.join_in_role(&name, role, &[(rollcall::domain::Field::Groups, &group)])
        }
    };
    (house.sign_in(&person), Some(person))
}

fn target(house: &House, on: On, client: &Client, me: Option<&Person>, name: &str) -> i64 {
    match on {
        Nobody => 0,
        Customer => house.join(name, Role::EndUser).id.0,
        Suspended => house.join_as(name, Role::EndUser, Status::Suspended).id.0,
        Agent => house.join(name, Role::Agent).id.0,
        Admin => house.join(name, Role::Admin).id.0,
        Me => me.map_or(1, |me| me.id.0),
        Organisation => house.organisation(name, &[]),
        Group => house.group(name),
        Tag => house.tag(name),
        Field => house.field(&format!("f{}", name.replace(' ', "_").to_lowercase()), FieldKind::Text, |_| {}),
        CustomRole => house.role(name, Reach::Everyone, &[]),
        OwnView => match me.filter(|me| me.role != Role::EndUser) {
            Some(me) => house.act_as(me, |act| views::create(act, name, "q=a")).unwrap(),
            None => 1,
        },
        Ticket => house.ticket(name, &house.join(name, Role::EndUser), None),
        Key => house.key(Dialect::Easemob, &house.join(name, Role::Agent), false).0,
        Workspace => house.workspace(name, &house.join(name, Role::EndUser)),
        Batch => {
            let id = match me {
                Some(me) if me.role == Role::Agent => me.fields.groups.first().map(|group| {
                    let given = [(rollcall::domain::Field::Username, "mine"), (rollcall::domain::Field::Groups, group)];
                    house.join_with(&given, Role::EndUser, Status::Active).id.0
                }),
                _ => None,
            };
            let id = id.unwrap_or_else(|| house.join(name, Role::EndUser).id.0).to_string();
            let reply = client.post("/batches", &[("deed", "tag"), ("tags", "x"), ("id", &id)]);
            reply.cookies.iter().find_map(|cookie| cookie.split(['~', ';']).nth(4)?.parse().ok()).unwrap_or(0)
        }
    }
}

#[test]
fn every_route_answers_every_reader_as_the_table_says() {
    on_both(|house| {
        house.join("Signer", Role::EndUser);
        house.organisation("Heir", &[]);
        house.tag("Heir");
        house.field("first", FieldKind::Text, |_| {});
        let mut wrong = vec![];
        for (number, case) in CASES.iter().enumerate() {
            for (which, expected) in case.answers.into_iter().enumerate() {
                let (client, me) = reader(house, which, number);
                let id = target(house, case.on, &client, me.as_ref(), &format!("Target {which} {number}"));
                let path = case.path.replace("{id}", &id.to_string());
                let mut form: Vec<(&str, &str)> = case.form.to_vec();
                let fresh = format!("new{which}x{number}");
                let version = me.as_ref().map_or(1, |me| house.person(me.id.0).version).to_string();
                form.iter_mut().filter(|(_, value)| *value == "NEW").for_each(|(_, value)| *value = &fresh);
                if case.on == Me {
                    form.iter_mut().filter(|(name, _)| *name == "version").for_each(|(_, value)| *value = &version);
                }
                let before = house.entries();
                let reply = client.form(&case.method.to_uppercase(), &path, &form);
                let added = house.entries() - before;
                let login = reply.status == 303 && reply.location().starts_with("/login?next=");
                let answered = if login { 0 } else { reply.status };
                let entries = if [200, 303].contains(&answered) { case.entries } else { 0 };
                if (answered, added) != (expected, entries) {
                    wrong.push(format!(
                        "{} {path} by {}: {answered} with {added} entries, not {expected} with {entries}",
                        case.method, READERS[which]
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    });
}

#[test]
fn the_table_knows_every_route() {
    let routes: BTreeSet<_> = rollcall::panel::TABLE.iter().copied().collect();
    let told: BTreeSet<_> = CASES.iter().map(|case| (case.method, case.path)).collect();
    assert_eq!(routes, told);
}

#[test]
fn what_a_reader_may_not_do_is_not_shown() {
    on_both(|house| {
        let cleo = house.join("Cleo", Role::EndUser);
        let (looker, agent) = (house.join_looker("Bea"), house.join("Ben", Role::Agent));
        let admin = house.join("Ada", Role::Admin);
        let page = |reader: &Person, id: i64| house.sign_in(reader).get(&format!("/people/{id}")).body;
        let offers = |body: &str| {
            ["/edit\"", "/suspension\"", "/role\"", "/password\"", "\"/audit\"", "\"/people\""]
                .map(|link| body.contains(link))
        };
        assert_eq!(offers(&page(&cleo, cleo.id.0)), [true, false, false, true, false, false]);
        assert_eq!(offers(&page(&looker, cleo.id.0)), [false, false, false, false, false, true]);
        assert_eq!(offers(&page(&agent, cleo.id.0)), [true, true, false, false, false, true]);
        assert_eq!(offers(&page(&agent, admin.id.0)), [false, false, false, false, false, true]);
        assert_eq!(offers(&page(&admin, agent.id.0)), [true, true, true, true, true, true]);
        assert!(!house.sign_in(&looker).get("/people").body.contains("/people/new"));
    });
}

#[test]
fn unknown_and_invisible_answer_alike() {
    on_both(|house| {
        let (cleo, dora) = (house.join("Cleo", Role::EndUser), house.join("Dora", Role::EndUser));
        let client = house.sign_in(&cleo);
        let request = |body: &str| {
            let at = body.find("<code>").unwrap();
            body.replace(&body[at..at + 50], "")
        };
        for rest in ["", "/edit", "/activity", "/suspension", "/role", "/password"] {
            let (hidden, unknown) =
                (client.get(&format!("/people/{}{rest}", dora.id.0)), client.get(&format!("/people/999999{rest}")));
            assert_eq!((hidden.status, unknown.status), (404, 404), "{rest}");
            assert_eq!(request(&hidden.body), request(&unknown.body), "{rest}");
        }
    });
}
