//! One row of a file: which column means what, and whether its cells can be read.
use crate::domain::{Catalogue, Field, Fields, Role, Status, Time, custom, fold};
use std::borrow::Cow;
use uuid::Uuid;

/// A column that a file may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    Uid,
    Role,
    Status,
    CreatedAt,
    LastLoginAt,
    Field(Field),
    /// A custom one by its name.
    Custom(String),
}

impl Column {
    /// By its header in English or Chinese, whatever its case, blanks and punctuation; else by the name or a
    /// label of a custom field.
    pub fn titled(header: &str, catalogue: &Catalogue) -> Option<Self> {
        let custom = || catalogue.titled(header).map(|field| Self::Custom(field.name.clone()));
        Self::built_in(header).or_else(custom)
    }

    fn built_in(header: &str) -> Option<Self> {
        let title: String = fold(header).chars().filter(|c| c.is_alphanumeric()).collect();
        Some(match title.as_str() {
            "uid" | "uuid" => Self::Uid,
            "role" | "角色" => Self::Role,
            "status" | "state" | "状态" => Self::Status,
            "createdat" | "created" | "创建时间" | "注册时间" => Self::CreatedAt,
            "lastloginat" | "lastlogin" | "lastseen" | "最后登录" | "最近登录" => Self::LastLoginAt,
            "name" | "fullname" | "displayname" | "姓名" | "名称" => Self::Field(Field::Name),
            "firstname" | "givenname" | "名" | "名字" => Self::Field(Field::FirstName),
            "lastname" | "surname" | "familyname" | "姓" | "姓氏" => Self::Field(Field::LastName),
            "username" | "login" | "用户名" | "账号" => Self::Field(Field::Username),
            "email" | "emailaddress" | "mail" | "邮箱" | "电子邮箱" | "电子邮件" => Self::Field(Field::Email),
            "phone" | "telephone" | "phonenumber" | "mobile" | "tel" | "手机" | "手机号" | "电话" => {
                Self::Field(Field::Phone)
            }
            "title" | "jobtitle" | "职位" | "职务" => Self::Field(Field::Title),
            "organisation" | "organization" | "company" | "组织" | "公司" => Self::Field(Field::Organisation),
            "groups" | "group" | "组" | "客服组" => Self::Field(Field::Groups),
            "tags" | "tag" | "标签" => Self::Field(Field::Tags),
            "language" | "locale" | "语言" => Self::Field(Field::Language),
            "timezone" | "时区" => Self::Field(Field::Timezone),
            "bio" | "简介" => Self::Field(Field::Bio),
            "details" | "详情" => Self::Field(Field::Details),
            "notes" | "note" | "备注" => Self::Field(Field::Notes),
            "remark" | "说明" => Self::Field(Field::Remark),
            "tier" | "等级" => Self::Field(Field::Tier),
            "kind" | "类型" => Self::Field(Field::Kind),
            _ => return None,
        })
    }

    /// Every column there may be, in the order in which they are offered.
    pub fn all(catalogue: &Catalogue) -> Vec<Self> {
        let fields = Field::ALL.iter().copied().map(Self::Field);
        let custom = catalogue.active().map(|field| Self::Custom(field.name.clone()));
        let rest = [Self::Role, Self::Status, Self::CreatedAt, Self::LastLoginAt, Self::Uid];
        fields.chain(rest).chain(custom).collect()
    }

    /// By its [`Column::name`].
    pub fn named(name: &str, catalogue: &Catalogue) -> Option<Self> {
        Self::all(catalogue).into_iter().find(|column| column.name() == name)
    }

    /// Whether it tells one person from another.
    pub fn tells_people_apart(&self) -> bool {
        matches!(self, Self::Uid | Self::Field(Field::Email | Field::Phone | Field::Username))
    }

    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Uid => "uid".into(),
            Self::Role => "role".into(),
            Self::Status => "status".into(),
            Self::CreatedAt => "created_at".into(),
            Self::LastLoginAt => "last_login_at".into(),
            Self::Field(field) => field.name().into(),
            Self::Custom(name) => custom::form_name(name).into(),
        }
    }
}

/// The filled cells of a row; blank ones say nothing, so they change nothing.
pub type Cells = Vec<(Column, String)>;

/// A row as it was read.
#[derive(Debug, Clone)]
pub struct RawRow {
    /// Counted from the header, which is row 1.
    pub number: i64,
    /// Nothing when the row has more or fewer cells than the header.
    pub cells: Option<Cells>,
}

/// Why a row was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub column: Option<Cow<'static, str>>,
    /// The key of what to say.
    pub key: &'static str,
}

/// A row that can be read.
pub struct Row {
    pub uid: Option<Uuid>,
    pub fields: Fields,
    /// The fields that the row says something about.
    pub given: Vec<Field>,
    /// The names of custom fields that the row says something about.
    pub given_custom: Vec<String>,
    pub role: Option<Role>,
    pub status: Option<Status>,
    pub created_at: Time,
    pub last_login_at: Option<Time>,
}

/// Reads every cell; the first that cannot be read is the row's fault.
pub fn parse(raw: &RawRow, catalogue: &Catalogue, now: Time) -> Result<Row, Fault> {
    let cells = raw.cells.as_ref().ok_or(Fault { column: None, key: "row.cells" })?;
    let mut row = Row {
        uid: None,
        fields: Fields::default(),
        given: vec![],
        given_custom: vec![],
        role: None,
        status: None,
        created_at: now,
        last_login_at: None,
    };
    for (column, text) in cells {
        row.take(column, unquoted(text), catalogue).map_err(|key| Fault { column: Some(column.name()), key })?;
    }
    if row.uid.is_none() && !row.fields.is_somebody() {
        return Err(Fault { column: Some("email".into()), key: "email.nobody" });
    }
    Ok(row)
}

/// Exports put a quote before what a spreadsheet would take for a formula.
fn unquoted(text: &str) -> &str {
    let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(text)
}

impl Row {
    fn take(&mut self, column: &Column, text: &str, catalogue: &Catalogue) -> Result<(), &'static str> {
        match column {
            Column::Uid => self.uid = Some(Uuid::parse_str(text.trim()).map_err(|_| "uid.malformed")?),
            Column::Role => self.role = Some(Role::parse(text).ok_or("role.unknown")?),
            Column::Status => self.status = Some(Status::parse(text).ok_or("status.unknown")?),
            Column::CreatedAt => self.created_at = Time::parse(text).ok_or("date.malformed")?,
            // Exports write the epoch for never.
            Column::LastLoginAt => {
                let seen = Time::parse(text).ok_or("date.malformed")?;
                self.last_login_at = Some(seen).filter(|time| time.micros() != 0);
            }
            Column::Field(field) => {
                self.fields.set(*field, text)?;
                self.given.push(*field);
            }
            // Retired since the header was read: nobody asks for it any more.
            Column::Custom(name) => {
                if let Some(field) = catalogue.named(name) {
                    self.fields.set_custom(field, text)?;
                    self.given_custom.extend(self.fields.custom.contains_key(name).then(|| name.clone()));
                }
            }
        }
        Ok(())
    }
}
