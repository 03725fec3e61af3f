//! A person: anyone the help desk knows.
use super::{Fields, Time, fold, time::days};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct PersonId(pub i64);

#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub id: PersonId,
    pub uid: uuid::Uuid,
    pub fields: Fields,
    /// The hash that their picture is kept under.
    pub avatar: Option<String>,
    pub role: Role,
    pub status: Status,
    pub created_at: Time,
    pub updated_at: Time,
    pub last_login_at: Option<Time>,
    /// Grows by one with every change; a form carries the one it was filled from.
    pub version: i64,
}

/// For somebody new. It begins with the time, so that those who come together stand together in its index.
pub fn fresh_uid(now: Time) -> uuid::Uuid {
    let micros = now.micros().max(0).unsigned_abs();
    let time = uuid::Timestamp::from_unix(uuid::NoContext, micros / 1_000_000, (micros % 1_000_000) as u32 * 1_000);
    uuid::Uuid::new_v7(time)
}

impl Person {
    /// The name, else whatever else they are known by.
    pub fn label(&self) -> String {
        self.fields.label().unwrap_or_else(|| self.uid.to_string())
    }

    /// Active, but not seen for 90 days.
    pub fn is_quiet(&self, now: Time) -> bool {
        self.status == Status::Active && self.last_login_at.is_some_and(|seen| now.since(seen) > days(90))
    }
}

/// Another name by which somebody is known: a former e-mail, phone or username, or what another system calls them.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    pub provider: String,
    pub subject: String,
}

/// Of what identity providers call somebody.
pub const SCIM: &str = "scim";

/// Who calls somebody what: WeChat to one account or one mini program, or an identity provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provider {
    Wechat,
    Miniprogram,
    Scim,
}

impl Provider {
    pub const ALL: [Self; 3] = [Self::Wechat, Self::Miniprogram, Self::Scim];
    pub const WECHAT: [Self; 2] = [Self::Wechat, Self::Miniprogram];

    /// Of their [`Identity`].
    pub fn provider(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Miniprogram => "wechat_miniprogram",
            Self::Scim => SCIM,
        }
    }

    /// Its name in the history.
    pub fn field(self) -> &'static str {
        match self {
            Self::Wechat => "wechat_openid",
            Self::Miniprogram => "wechat_miniprogram_openid",
            Self::Scim => "external_id",
        }
    }
}

/// In the order of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Role {
    EndUser,
    Agent,
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::EndUser, Self::Agent, Self::Admin];

    pub fn name(self) -> &'static str {
        match self {
            Self::EndUser => "end_user",
            Self::Agent => "agent",
            Self::Admin => "admin",
        }
    }

    /// In English, whatever its case, or Chinese.
    pub fn parse(raw: &str) -> Option<Self> {
        match fold(raw).replace([' ', '-'], "_").as_str() {
            "end_user" | "enduser" | "普通用户" => Some(Self::EndUser),
            "agent" | "客服" => Some(Self::Agent),
            "admin" | "administrator" | "管理员" => Some(Self::Admin),
            _ => None,
        }
    }

    pub fn is_staff(self) -> bool {
        self >= Self::Agent
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Status {
    Unverified,
    Active,
    Suspended,
    Locked,
}

impl Status {
    pub const ALL: [Self; 4] = [Self::Unverified, Self::Active, Self::Suspended, Self::Locked];

    pub fn name(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Locked => "locked",
        }
    }

    /// In English, whatever its case, or Chinese.
    pub fn parse(raw: &str) -> Option<Self> {
        match fold(raw).as_str() {
            "unverified" | "invited" | "未审核" => Some(Self::Unverified),
            "active" | "正常" => Some(Self::Active),
            "suspended" | "暂停" | "停用" => Some(Self::Suspended),
            "locked" | "锁定" => Some(Self::Locked),
            _ => None,
        }
    }

    pub fn may_sign_in(self) -> bool {
        matches!(self, Self::Active | Self::Unverified)
    }
}
