//! How SCIM describes an attribute (RFC 7643, 7): told to clients, and asked wherever one is read, changed or filtered.
use serde_json::{Map, Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Flag,
    Moment,
    Link,
    Bytes,
    Complex,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Flag => "boolean",
            Self::Moment => "dateTime",
            Self::Link => "reference",
            Self::Bytes => "binary",
            Self::Complex => "complex",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutability {
    ReadWrite,
    ReadOnly,
    WriteOnly,
    Immutable,
}

impl Mutability {
    fn name(self) -> &'static str {
        match self {
            Self::ReadWrite => "readWrite",
            Self::ReadOnly => "readOnly",
            Self::WriteOnly => "writeOnly",
            Self::Immutable => "immutable",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attribute {
    pub name: &'static str,
    pub description: &'static str,
    pub kind: Kind,
    pub many: bool,
    pub required: bool,
    /// Case counts when it is compared.
    pub exact: bool,
    pub mutability: Mutability,
    pub is_unique: bool,
    /// The values that clients had better use.
    pub canonical: &'static [&'static str],
    /// What a link may lead to.
    pub leads_to: &'static [&'static str],
    pub parts: &'static [Self],
}

impl Attribute {
    pub const fn new(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            description,
            kind,
            many: false,
            required: false,
            exact: matches!(kind, Kind::Link | Kind::Bytes),
            mutability: Mutability::ReadWrite,
            is_unique: false,
            canonical: &[],
            leads_to: &[],
            parts: &[],
        }
    }

    pub const fn text(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Text, description)
    }

    pub const fn link(name: &'static str, leads_to: &'static [&'static str], description: &'static str) -> Self {
        Self { leads_to, ..Self::new(name, Kind::Link, description) }
    }

    pub const fn complex(name: &'static str, parts: &'static [Self], description: &'static str) -> Self {
        Self { parts, ..Self::new(name, Kind::Complex, description) }
    }

    /// A list of what has these parts.
    pub const fn list(name: &'static str, parts: &'static [Self], description: &'static str) -> Self {
        Self { many: true, ..Self::complex(name, parts, description) }
    }

    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub const fn unique(self) -> Self {
        Self { is_unique: true, ..self }
    }

    pub const fn exact(self) -> Self {
        Self { exact: true, ..self }
    }

    pub const fn one_of(self, canonical: &'static [&'static str]) -> Self {
        Self { canonical, ..self }
    }

    pub const fn with(self, mutability: Mutability) -> Self {
        Self { mutability, ..self }
    }

    /// Whatever its case.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    pub fn part(&self, name: &str) -> Option<&'static Self> {
        self.parts.iter().find(|part| part.is_called(name))
    }

    pub fn is_read_only(&self) -> bool {
        self.mutability == Mutability::ReadOnly
    }

    /// As `/Schemas` tells it.
    fn told(&self) -> Value {
        let returned = match (self.mutability, self.name) {
            (Mutability::WriteOnly, _) => "never",
            _ => "default",
        };
        let mut told = json!({
            "name": self.name, "type": self.kind.name(), "multiValued": self.many, "description": self.description,
            "required": self.required, "caseExact": self.exact, "mutability": self.mutability.name(),
            "returned": returned, "uniqueness": if self.is_unique { "server" } else { "none" },
        });
        if !self.canonical.is_empty() {
            told["canonicalValues"] = json!(self.canonical);
        }
        if !self.leads_to.is_empty() {
            told["referenceTypes"] = json!(self.leads_to);
        }
        if !self.parts.is_empty() {
            told["subAttributes"] = self.parts.iter().map(Self::told).collect();
        }
        told
    }
}

#[derive(Debug, PartialEq)]
pub struct Schema {
    pub urn: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub attributes: &'static [Attribute],
}

impl Schema {
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.is_called(name))
    }

    pub fn told(&self, base: &str) -> Value {
        let attributes: Value = self.attributes.iter().map(Attribute::told).collect();
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": self.urn, "name": self.name,
            "description": self.description, "attributes": attributes,
            "meta": { "resourceType": "Schema", "location": format!("{base}/Schemas/{}", self.urn) },
        })
    }
}

/// A kind of resource.
#[derive(Debug, PartialEq)]
pub struct Type {
    pub name: &'static str,
    pub endpoint: &'static str,
    pub description: &'static str,
    pub schema: &'static Schema,
    pub extension: Option<&'static Schema>,
}

impl Type {
    /// The schema whose URN this is, or begins this with a colon behind it; and what follows.
    pub fn schema_of<'p>(&self, raw: &'p str) -> Option<(&'static Schema, &'p str)> {
        [Some(self.schema), self.extension].into_iter().flatten().find_map(|schema| {
            let (urn, rest) = raw.split_at_checked(schema.urn.len())?;
            let rest = if rest.is_empty() { rest } else { rest.strip_prefix(':')? };
            urn.eq_ignore_ascii_case(schema.urn).then_some((schema, rest))
        })
    }

    pub fn is_extension(&self, schema: &Schema) -> bool {
        self.extension == Some(schema)
    }

    pub fn told(&self, base: &str) -> Value {
        let extensions = self.extension.iter().map(|one| json!({ "schema": one.urn, "required": false }));
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"], "id": self.name, "name": self.name,
            "endpoint": self.endpoint, "description": self.description, "schema": self.schema.urn,
            "schemaExtensions": extensions.collect::<Value>(),
            "meta": { "resourceType": "ResourceType", "location": format!("{base}/ResourceTypes/{}", self.name) },
        })
    }
}

/// A resource as JSON: its own attributes by name, those of its extension under the extension's URN.
pub type Document = Map<String, Value>;
