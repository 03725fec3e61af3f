//! Entries of the history as people read them.
use super::view::View;
use crate::domain::event::Kind;
use crate::domain::{Column, Door, Entry, Subject, Time, custom};

/// One line of the history and the values it changed.
pub struct Line {
    pub icon: &'static str,
    pub actor: String,
    pub actor_id: Option<i64>,
    /// What was done, without by whom.
    pub deed: String,
    /// The name of what it is about.
    pub subject: String,
    /// Where that is shown.
    pub link: Option<String>,
    pub door: String,
    pub at: Time,
    pub request: String,
    pub values: Vec<Changed>,
    /// Nobody reads the rest any more.
    pub erased: bool,
}

pub struct Changed {
    pub field: String,
    pub before: String,
    pub after: String,
}

pub fn lines(view: &View, entries: &[Entry]) -> Vec<Line> {
    entries.iter().map(|entry| line(view, entry)).collect()
}

fn line(view: &View, entry: &Entry) -> Line {
    Line {
        icon: icon(entry.kind),
        actor: actor(view, entry),
        actor_id: entry.actor.map(|id| id.0),
        deed: deed(view, entry.kind),
        subject: if entry.label.is_empty() && entry.erased {
            view.t("audit.erased_person")
        } else {
            entry.label.clone()
        },
        link: link(entry.subject),
        door: match entry.key {
            Some(key) => format!("{} #{key}", door(view, entry.door)),
            None => door(view, entry.door),
        },
        at: entry.at,
        request: entry.request.clone(),
        erased: entry.erased,
        values: entry
            .changes
            .iter()
            .map(|change| changed(view, &change.field, &change.before, &change.after))
            .collect(),
    }
}

/// The page of what an entry is about; views are private, so they have none.
pub fn link(subject: Subject) -> Option<String> {
    match subject {
        Subject::House | Subject::View(_) | Subject::Chat(_) => None,
        Subject::Person(id) => Some(format!("/people/{}", id.0)),
        Subject::Organisation(id) => Some(format!("/organisations/{id}")),
        Subject::Group(id) => Some(format!("/groups/{id}")),
        Subject::Tag(id) => Some(format!("/tags/{id}/edit")),
        Subject::Field(id) => Some(format!("/fields/{id}/edit")),
        Subject::Role(id) => Some(format!("/roles/{id}")),
        Subject::Ticket(id) => Some(format!("/tickets/{id}")),
        Subject::Workspace(id) => Some(format!("/workspaces/{id}")),
    }
}

pub fn deed(view: &View, kind: Kind) -> String {
    view.t(&format!("event.{}", kind.name().replace('.', "_")))
}

pub fn door(view: &View, door: Door) -> String {
    view.t(&format!("door.{}", door.name()))
}

fn actor(view: &View, entry: &Entry) -> String {
    match (entry.actor_label.as_str(), entry.door) {
        ("", _) if entry.actor.is_some() => view.t("audit.erased_person"),
        ("", Door::CommandLine) => view.t("door.command_line"),
        ("", Door::Job) => view.t("door.job"),
        ("", _) => view.t("event.visitor"),
        (label, _) => label.to_owned(),
    }
}

fn changed(view: &View, field: &str, before: &str, after: &str) -> Changed {
    let said = |value: &str| if value.is_empty() { String::new() } else { worded(view, field, value) };
    Changed { field: view.field_label(field), before: said(before), after: said(after) }
}

fn worded(view: &View, field: &str, value: &str) -> String {
    let each = |room: &str| {
        let words: Vec<String> = value.split(' ').map(|name| view.t(&format!("{room}.{name}"))).collect();
        words.join(&view.t("shell.comma"))
    };
    if let Some(name) = custom::own_name(field) {
        let catalogue = view.catalogue();
        return catalogue.remembered(name).map_or_else(|| value.to_owned(), |field| view.custom_value(field, value));
    }
    match field {
        "role" | "status" | "ticket_restriction" | "theme" | "reach" | "audience" | "kind_of_field" => {
            view.t(&format!("{field}.{value}"))
        }
        "manage_people" | "public_comments" | "moderator" | "staff_only" | "required" | "shortcuts" | "read_only"
        | "open_registration" | "batch_delete" => view.t(&format!("answer.{value}")),
        "permissions" => each("permission"),
        "temporary_until" | "expires" | "last_login_at" | "deleted_at" => {
            Time::parse(value).map_or_else(|| value.to_owned(), |time| view.dates.exact(&time))
        }
        "hue" => view.t(&format!("hue.of_{value}")),
        "columns" => {
            let label = |name: &str| Column::parse(name, view.catalogue()).map(|column| view.column_label(&column));
            value.split(' ').filter_map(label).collect::<Vec<_>>().join(&view.t("shell.comma"))
        }
        _ => value.to_owned(),
    }
}

fn icon(kind: Kind) -> &'static str {
    use Kind as K;
    match kind {
        K::PersonCreated | K::PeopleGenerated => "plus",
        K::PersonEdited | K::ProfileEdited => "pencil",
        K::PersonSuspended => "ban",
        K::PersonReactivated => "refresh",
        K::RoleChanged | K::RoleCreated | K::RoleEdited | K::RoleDeleted => "user-cog",
        K::PasswordChanged | K::SessionRevoked => "lock",
        K::KeyCreated | K::KeyEdited | K::KeyRevoked | K::DoorsSet => "key",
        K::PeopleExported | K::DataExported => "download",
        K::AvatarChanged | K::AvatarRemoved => "photo",
        K::PreferencesEdited | K::HouseSetUp => "settings",
        K::SignedIn => "login-2",
        K::SignedOut => "logout",
        K::OrganisationCreated | K::OrganisationEdited | K::OrganisationDeleted => "building",
        K::PersonMerged | K::DuplicateDismissed | K::DuplicateReturned | K::OrganisationMerged | K::TagMerged => {
            "arrows-join"
        }
        K::GroupCreated | K::GroupEdited | K::GroupDeleted => "users-group",
        K::TagCreated | K::TagEdited | K::TagDeleted => "tag",
        K::FieldCreated | K::FieldEdited | K::FieldMoved | K::FieldRetired | K::FieldRestored => "forms",
        K::TicketCreated | K::TicketEdited => "ticket",
        K::TicketCommented | K::MessageSent => "message",
        K::WorkspaceCreated | K::WorkspaceEdited | K::WorkspaceJoined | K::WorkspaceLeft => "briefcase",
        K::ChatCreated | K::ChatJoined | K::AttributesChanged => "messages",
        K::ContactAdded | K::ContactRemoved | K::BlockAdded | K::BlockRemoved => "address-book",
        K::PersonErased | K::ExpirySet => "eraser",
        K::ImportUploaded | K::ImportTried | K::ImportStarted | K::ImportReverted => "file-import",
        K::BatchStarted | K::ReversalStarted | K::DeletionPlanned | K::JobRetried | K::JobPaused | K::JobResumed => {
            "progress"
        }
        K::PersonDeleted | K::DeletionStarted | K::JobCancelled | K::TrashPurged | K::RetentionSet => "trash",
        K::PersonRestored | K::MergeUndone | K::OrganisationRestored | K::GroupRestored | K::TagRestored => {
            "arrow-back-up"
        }
        K::ViewCreated | K::ViewEdited | K::ViewDeleted => "columns-3",
    }
}
