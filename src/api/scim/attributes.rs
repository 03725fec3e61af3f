//! The attributes of users and groups (RFC 7643, 4 and 8.7; contract, 4).
use super::schema::{Attribute, Kind, Mutability, Schema, Type};

pub const TYPES: [&Type; 2] = [&USER, &GROUP];
pub const SCHEMAS: [&Schema; 3] = [USER.schema, &ENTERPRISE, GROUP.schema];

pub const USER: Type = Type {
    name: "User",
    endpoint: "/Users",
    description: "People",
    schema: &Schema {
        urn: "urn:ietf:params:scim:schemas:core:2.0:User",
        name: "User",
        description: "Somebody whom the help desk knows",
        attributes: USER_ATTRIBUTES,
    },
    extension: Some(&ENTERPRISE),
};

pub const GROUP: Type = Type {
    name: "Group",
    endpoint: "/Groups",
    description: "Teams and the people in their care",
    schema: &Schema {
        urn: "urn:ietf:params:scim:schemas:core:2.0:Group",
        name: "Group",
        description: "A group of the house",
        attributes: GROUP_ATTRIBUTES,
    },
    extension: None,
};

pub const ENTERPRISE: Schema = Schema {
    urn: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    name: "EnterpriseUser",
    description: "What an enterprise adds to a user",
    attributes: ENTERPRISE_ATTRIBUTES,
};

/// What every resource has beside what its schema says.
pub const COMMON: &[Attribute] = &[
    Attribute::text("id", "The house's number").exact().with(Mutability::ReadOnly),
    Attribute::text("externalId", "The client's own id").exact(),
    Attribute::complex("meta", META, "About the resource itself").with(Mutability::ReadOnly),
];

const META: &[Attribute] = &[
    Attribute::text("resourceType", "User or Group").exact().with(Mutability::ReadOnly),
    Attribute::new("created", Kind::Moment, "When it was made").with(Mutability::ReadOnly),
    Attribute::new("lastModified", Kind::Moment, "When it was changed last").with(Mutability::ReadOnly),
    Attribute::text("location", "Its address").exact().with(Mutability::ReadOnly),
    Attribute::text("version", "Its entity tag").exact().with(Mutability::ReadOnly),
];

const VALUE: Attribute = Attribute::text("value", "The value");
const DISPLAY: Attribute = Attribute::text("display", "The value for people to read");
const TYPE: Attribute = Attribute::text("type", "What it is for, such as work or home");
const PRIMARY: Attribute = Attribute::new("primary", Kind::Flag, "The one that counts");
const PLURAL: &[Attribute] = &[VALUE, DISPLAY, TYPE, PRIMARY];

const NAME: &[Attribute] = &[
    Attribute::text("formatted", "The whole name"),
    Attribute::text("familyName", "The last name"),
    Attribute::text("givenName", "The first name"),
    Attribute::text("middleName", "Names between"),
    Attribute::text("honorificPrefix", "Before the name, such as Dr."),
    Attribute::text("honorificSuffix", "Behind the name, such as III"),
];

const ADDRESS: &[Attribute] = &[
    Attribute::text("formatted", "The whole address"),
    Attribute::text("streetAddress", "Street and number"),
    Attribute::text("locality", "The city"),
    Attribute::text("region", "The state or region"),
    Attribute::text("postalCode", "The postal code"),
    Attribute::text("country", "The country"),
    TYPE,
    PRIMARY,
];

const PHOTO: &[Attribute] =
    &[Attribute::link("value", &["external"], "The address of a picture"), DISPLAY, TYPE, PRIMARY];
const CERTIFICATE: &[Attribute] =
    &[Attribute::new("value", Kind::Bytes, "A certificate in base64"), DISPLAY, TYPE, PRIMARY];

const IN_GROUP: &[Attribute] = &[
    Attribute::text("value", "The group's id").with(Mutability::ReadOnly),
    Attribute::link("$ref", &["Group"], "The group's address").with(Mutability::ReadOnly),
    Attribute::text("display", "The group's name").with(Mutability::ReadOnly),
    Attribute::text("type", "direct").with(Mutability::ReadOnly),
];

const USER_ATTRIBUTES: &[Attribute] = &[
    Attribute::text("userName", "What they sign in by").required().unique(),
    Attribute::complex("name", NAME, "The parts of their name"),
    Attribute::text("displayName", "What they are called"),
    Attribute::text("nickName", "What friends call them"),
    Attribute::link("profileUrl", &["external"], "Where they are described"),
    Attribute::text("title", "Their title, such as Vice President"),
    Attribute::text("userType", "What they are to the organisation"),
    Attribute::text("preferredLanguage", "The language they read"),
    Attribute::text("locale", "How numbers and dates are written for them"),
    Attribute::text("timezone", "Their time zone"),
    Attribute::new("active", Kind::Flag, "Whether they may sign in"),
    Attribute::text("password", "Sets their password").exact().with(Mutability::WriteOnly),
    Attribute::list("emails", PLURAL, "E-mail addresses; the primary one is the house's"),
    Attribute::list("phoneNumbers", PLURAL, "Phone numbers; the primary one is the house's"),
    Attribute::list("ims", PLURAL, "Addresses for instant messages"),
    Attribute::list("photos", PHOTO, "Pictures"),
    Attribute::list("addresses", ADDRESS, "Postal addresses"),
    Attribute::list("groups", IN_GROUP, "The groups they are in").with(Mutability::ReadOnly),
    Attribute::list("entitlements", PLURAL, "What they are entitled to"),
    Attribute::list("roles", PLURAL, "Their roles; admin and agent are the house's"),
    Attribute::list("x509Certificates", CERTIFICATE, "Certificates"),
];

const MANAGER: &[Attribute] =
    &[Attribute::text("value", "The manager's id"), Attribute::link("$ref", &["User"], "The manager's address")];

const ENTERPRISE_ATTRIBUTES: &[Attribute] = &[
    Attribute::text("employeeNumber", "The number of an employee"),
    Attribute::text("costCenter", "The cost centre"),
    Attribute::text("organization", "The organisation, by its name"),
    Attribute::text("division", "The division"),
    Attribute::text("department", "The department"),
    Attribute::complex("manager", MANAGER, "Their manager"),
];

const MEMBER: &[Attribute] = &[
    Attribute::text("value", "The member's id").with(Mutability::Immutable),
    Attribute::link("$ref", &["User"], "The member's address").with(Mutability::Immutable),
    Attribute::text("type", "What the member is").one_of(&["User"]).with(Mutability::Immutable),
];

const GROUP_ATTRIBUTES: &[Attribute] = &[
    Attribute::text("displayName", "What it is called").required().unique(),
    Attribute::list("members", MEMBER, "Who is in it"),
];
