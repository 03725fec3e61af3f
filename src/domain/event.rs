//! What the history keeps: one entry for each write.
use super::PersonId;

/// One field's way from `before` to `after`; never a password or another secret.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    pub field: String,
    pub before: String,
    pub after: String,
    /// Whom else the values name: they are unreadable once one of them was erased.
    #[serde(skip)]
    pub names: Vec<PersonId>,
}

impl Change {
    pub fn new(field: &str, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { field: field.into(), before: before.into(), after: after.into(), names: vec![] }
    }

    pub fn naming(mut self, people: impl IntoIterator<Item = PersonId>) -> Self {
        self.names.extend(people);
        self
    }

    /// Those of these fields whose value before is not the one after.
    pub fn among<const N: usize>(fields: [(&str, String, String); N]) -> Vec<Self> {
        let differing = fields.into_iter().filter(|(_, before, after)| before != after);
        differing.map(|(field, before, after)| Self::new(field, before, after)).collect()
    }
}

macro_rules! kinds {
    ($($variant:ident $name:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($variant),+ }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

kinds! {
    HouseSetUp "house.set_up",
    PersonCreated "person.created",
    PersonEdited "person.edited",
    PersonSuspended "person.suspended",
    PersonReactivated "person.reactivated",
    RoleChanged "person.role_changed",
    PasswordChanged "person.password_changed",
    PeopleGenerated "people.generated",
    PeopleExported "people.exported",
    PreferencesEdited "preferences.edited",
    ProfileEdited "person.profile_edited",
    AvatarChanged "person.avatar_changed",
    AvatarRemoved "person.avatar_removed",
    SignedIn "session.created",
    SignedOut "session.ended",
    SessionRevoked "session.revoked",
    OrganisationCreated "organisation.created",
    OrganisationEdited "organisation.edited",
    OrganisationMerged "organisation.merged",
    OrganisationDeleted "organisation.deleted",
    GroupCreated "group.created",
    GroupEdited "group.edited",
    GroupDeleted "group.deleted",
    TagCreated "tag.created",
    TagEdited "tag.edited",
    TagMerged "tag.merged",
    TagDeleted "tag.deleted",
    FieldCreated "field.created",
    FieldEdited "field.edited",
    FieldMoved "field.moved",
    FieldRetired "field.retired",
    FieldRestored "field.restored",
    RoleCreated "role.created",
    RoleEdited "role.edited",
    RoleDeleted "role.deleted",
    ViewCreated "view.created",
    ViewEdited "view.edited",
    ViewDeleted "view.deleted",
    TicketCreated "ticket.created",
    TicketEdited "ticket.edited",
    TicketCommented "ticket.commented",
    WorkspaceCreated "workspace.created",
    WorkspaceEdited "workspace.edited",
    WorkspaceJoined "workspace.joined",
    WorkspaceLeft "workspace.left",
    ChatCreated "chat.created",
    ChatJoined "chat.joined",
    ContactAdded "contact.added",
    ContactRemoved "contact.removed",
    BlockAdded "block.added",
    BlockRemoved "block.removed",
    MessageSent "message.sent",
    AttributesChanged "attributes.changed",
    PersonDeleted "person.deleted",
    DeletionPlanned "people.deletion_planned",
    DeletionStarted "people.deletion_started",
    JobCancelled "job.cancelled",
    JobRetried "job.retried",
    JobPaused "job.paused",
    JobResumed "job.resumed",
    ImportUploaded "import.uploaded",
    ImportTried "import.tried",
    ImportStarted "import.started",
    ImportReverted "import.reverted",
    BatchStarted "people.batch_started",
    ReversalStarted "people.reversal_started",
    PersonMerged "person.merged",
    MergeUndone "person.merge_undone",
    DuplicateDismissed "duplicate.dismissed",
    DuplicateReturned "duplicate.returned",
    DataExported "person.data_exported",
    PersonErased "person.erased",
    PersonRestored "person.restored",
    OrganisationRestored "organisation.restored",
    GroupRestored "group.restored",
    TagRestored "tag.restored",
    TrashPurged "trash.purged",
    RetentionSet "trash.retention_set",
    ExpirySet "erasure.rules_set",
    KeyCreated "key.created",
    KeyRevoked "key.revoked",
    KeyEdited "key.edited",
    DoorsSet "doors.set",
}

impl Kind {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

macro_rules! things {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// What a write or an entry is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Subject { House, Person(PersonId), $($variant(i64)),+ }

        impl Subject {
            /// The name and the id of what is neither the house nor a person.
            pub fn thing(self) -> Option<(&'static str, i64)> {
                match self { Self::House | Self::Person(_) => None, $(Self::$variant(id) => Some(($name, id))),+ }
            }

            pub fn of_thing(name: &str, id: i64) -> Option<Self> {
                match name { $($name => Some(Self::$variant(id)),)+ _ => None }
            }
        }
    };
}

things! {
    Organisation "organisation",
    Group "group",
    Tag "tag",
    Field "field",
    Role "role",
    View "view",
    Ticket "ticket",
    Workspace "workspace",
    Chat "chat",
}

impl Subject {
    pub fn person(self) -> Option<PersonId> {
        if let Self::Person(id) = self { Some(id) } else { None }
    }
}

/// A write that has just happened, about to be recorded.
#[derive(Debug, Clone)]
pub struct Event {
    pub kind: Kind,
    pub subject: Subject,
    /// The subject's name as it was then.
    pub label: String,
    /// Whose words that is, and the values that name nobody.
    pub whose: Option<PersonId>,
    pub changes: Vec<Change>,
}

impl Event {
    pub fn about(kind: Kind, person: &super::Person, changes: Vec<Change>) -> Self {
        Self::on(kind, Subject::Person(person.id), person.label(), changes)
    }

    pub fn on(kind: Kind, subject: Subject, label: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { kind, subject, label: label.into(), whose: subject.person(), changes }
    }

    /// Kinds of later events in the same write that are part of the same deed: somebody is made or changed in steps.
    pub fn parts(&self) -> &'static [Kind] {
        match self.kind {
            Kind::PersonCreated => &[Kind::PersonEdited, Kind::RoleChanged, Kind::ProfileEdited],
            Kind::PersonEdited => &[Kind::PersonEdited, Kind::ProfileEdited],
            Kind::GroupCreated | Kind::GroupEdited => &[Kind::GroupEdited],
            _ => &[],
        }
    }

    /// Of a field that changed twice, the first value and the last one are told.
    pub fn take_in(&mut self, later: Self) {
        self.label = later.label;
        for change in later.changes {
            match self.changes.iter_mut().find(|known| known.field == change.field) {
                Some(known) => {
                    known.after = change.after;
                    known.names.extend(change.names);
                }
                None => self.changes.push(change),
            }
        }
        self.changes.retain(|change| change.before != change.after);
    }

    /// About something of somebody's own, such as their ticket.
    pub fn of(mut self, person: Option<PersonId>) -> Self {
        self.whose = person;
        self
    }
}
