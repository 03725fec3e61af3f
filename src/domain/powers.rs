//! What an agent may do: four rights, or a custom role that overrides them.
use super::fold;

macro_rules! permissions {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// One thing that a custom role can allow.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Permission { $($variant),+ }

        impl Permission {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

permissions! {
    SeeStaffFields "see_staff_fields",
    CreatePeople "create_people",
    EditPeople "edit_people",
    SuspendPeople "suspend_people",
    SetPasswords "set_passwords",
    ImportPeople "import_people",
    ExportPeople "export_people",
    ManageOrganisations "manage_organisations",
    ManageTags "manage_tags",
    SeeAudit "see_audit",
    PublicComments "public_comments",
    EditDocuments "edit_documents",
    DeletePeople "delete_people",
}

/// A set of permissions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Permissions(u32);

impl Permissions {
    pub fn of(all: &[Permission]) -> Self {
        Self(all.iter().fold(0, |bits, one| bits | 1 << *one as u32))
    }

    pub fn has(self, one: Permission) -> bool {
        self.0 & 1 << one as u32 != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |one| self.has(*one))
    }

    /// Names with blanks between; unknown ones are left out.
    pub fn parse(names: &str) -> Self {
        let known = names.split(' ').filter_map(|name| Permission::ALL.iter().find(|one| one.name() == name));
        Self::of(&known.copied().collect::<Vec<_>>())
    }

    fn lacks(self, other: Self) -> bool {
        other.0 & !self.0 != 0
    }
}

impl std::fmt::Display for Permissions {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.iter().map(Permission::name).collect::<Vec<_>>().join(" "))
    }
}

/// Which people a role reaches; their own person always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Everyone,
    /// Whoever belongs to the same organisation.
    Organisation,
    /// Whoever is in one of the same groups.
    Groups,
}

impl Reach {
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Organisation, Self::Groups];

    pub fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Organisation => "organisation",
            Self::Groups => "groups",
        }
    }

    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == raw)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketRestriction {
    All,
    Groups,
    Assigned,
}

impl TicketRestriction {
    pub const ALL: [Self; 3] = [Self::All, Self::Groups, Self::Assigned];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Groups => "groups",
            Self::Assigned => "assigned",
        }
    }

    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == raw)
    }
}

/// All that an agent may do, wherever it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Powers {
    pub permissions: Permissions,
    pub reach: Reach,
    pub tickets: TicketRestriction,
}

impl Powers {
    /// Nothing but one's own page.
    pub const NONE: Self =
        Self { permissions: Permissions(0), reach: Reach::Groups, tickets: TicketRestriction::Assigned };

    /// Organisations and tags touch people everywhere: only whoever reaches everyone manages them.
    pub fn may(&self, permission: Permission) -> bool {
        let house_wide = matches!(permission, Permission::ManageOrganisations | Permission::ManageTags);
        self.permissions.has(permission) && (!house_wide || self.reach == Reach::Everyone)
    }

    /// Something that this one allows, `now` does not.
    pub fn lose_by(&self, now: &Self) -> bool {
        let narrower = now.reach != self.reach && now.reach != Reach::Everyone;
        now.permissions.lacks(self.permissions) || narrower || (self.tickets as i16) < (now.tickets as i16)
    }
}

/// What an agent without a custom role may do beyond looking; means nothing for other roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    pub manage_people: bool,
    pub public_comments: bool,
    pub moderator: bool,
    pub tickets: TicketRestriction,
}

impl Default for Rights {
    fn default() -> Self {
        Self { manage_people: true, public_comments: true, moderator: false, tickets: TicketRestriction::All }
    }
}

impl Rights {
    pub fn powers(self) -> Powers {
        use Permission as P;
        let mut all = vec![P::SeeStaffFields];
        if self.manage_people {
            all.extend([P::CreatePeople, P::EditPeople, P::SuspendPeople, P::ImportPeople, P::ExportPeople]);
        }
        all.extend(self.public_comments.then_some(P::PublicComments));
        all.extend(self.moderator.then_some(P::EditDocuments));
        Powers { permissions: Permissions::of(&all), reach: Reach::Everyone, tickets: self.tickets }
    }
}

/// Permissions with a reach, under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomRole {
    pub id: i64,
    pub name: String,
    pub description: String,
    pub powers: Powers,
    pub version: i64,
}

impl CustomRole {
    pub fn key(&self) -> String {
        fold(&self.name)
    }
}

/// What staff have beyond other people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// How customers see them; empty for their name.
    pub display_name: String,
    pub signature: String,
    pub rights: Rights,
    /// Overrides the rights.
    pub custom_role: Option<i64>,
}
