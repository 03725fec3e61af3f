//! Lists: filtered, sorted, cut by number or by cursor (contract, 2.3, 2.4 and 6).
use super::attributes::{GROUP, USER};
use super::conditions::{self, order};
use super::cursor;
use super::grammar;
use super::schema::{Document, Type};
use super::select::Select;
use super::{answer, groups, users};
use crate::actions::{Act, selection};
use crate::api::{Answer, Call, Fault};
use crate::domain::condition::{Condition, From, Mark, Wanted};
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

const SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
/// So many without being asked for another number, and at most.
pub const USUAL: i64 = 100;
pub const MOST: i64 = 1_000;

/// What a client asks of a list.
#[derive(Debug, Clone, Default)]
pub struct Query {
    filter: Option<String>,
    sort_by: Option<String>,
    descending: bool,
    start: Option<i64>,
    count: Option<i64>,
    /// Blank for the first page.
    cursor: Option<String>,
    select: Select,
}

impl Query {
    /// From the address.
    pub fn of(call: &Call) -> Result<Self, Fault> {
        let pairs = call.query().iter().map(|(name, value)| (name.to_ascii_lowercase(), Value::String(value.clone())));
        Self::parse(&pairs.collect::<Vec<_>>())
    }

    /// From the body of a search.
    pub fn sent(body: &Map<String, Value>) -> Result<Self, Fault> {
        let pairs: Vec<(String, Value)> =
            body.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
        let schemas = pairs.iter().find(|(name, _)| name == "schemas").and_then(|(_, value)| value.as_array());
        if !schemas.is_some_and(|urns| urns.iter().any(|urn| urn == SEARCH)) {
            return Err(Fault::Body(format!("schemas must be [\"{SEARCH}\"].")));
        }
        Self::parse(&pairs)
    }

    fn parse(pairs: &[(String, Value)]) -> Result<Self, Fault> {
        let get = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
        let text = |name: &'static str| match get(&name.to_ascii_lowercase()) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim().to_owned())),
            Some(_) => Err(Fault::value(name, "must be a string")),
        };
        let number = |name: &'static str| match get(&name.to_ascii_lowercase()) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(value) => {
                let number = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
                number.map(Some).ok_or_else(|| Fault::value(name, "must be an integer"))
            }
        };
        let names = |name: &str| -> Vec<String> {
            let values = pairs.iter().filter(|(one, _)| one == name).flat_map(|(_, value)| match value {
                Value::Array(list) => list.clone(),
                single => vec![single.clone()],
            });
            values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
        };
        let descending = match text("sortOrder")?.unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "ascending" => false,
            "descending" => true,
            _ => return Err(Fault::value("sortOrder", "must be ascending or descending")),
        };
        Ok(Self {
            filter: text("filter")?.filter(|filter| !filter.is_empty()),
            sort_by: text("sortBy")?.filter(|name| !name.is_empty()),
            descending,
            start: number("startIndex")?,
            count: number("count")?,
            cursor: text("cursor")?,
            select: Select::parse(&names("attributes"), &names("excludedattributes"))?,
        })
    }

    fn count(&self) -> i64 {
        self.count.unwrap_or(USUAL).clamp(0, MOST)
    }

    fn condition(&self, kind: &'static Type) -> Result<Condition, Fault> {
        let filter = self.filter.as_deref().map(|raw| grammar::of_resources(kind, raw)).transpose()?;
        filter.map_or(Ok(Condition::Is(true)), |filter| conditions::of(kind, &filter))
    }

    /// What a cursor was made for.
    fn asked(&self, kind: &str) -> String {
        let Self { filter, sort_by, descending, .. } = self;
        format!("{kind}\n{filter:?}\n{sort_by:?}\n{descending}")
    }

    fn wanted(&self, kind: &'static Type, from: From, most: i64) -> Result<Wanted, Fault> {
        let by = self.sort_by.as_deref().and_then(|name| order(kind, name));
        Ok(Wanted { condition: self.condition(kind)?, by, descending: self.descending, from, most })
    }
}

pub async fn show(call: &Call, kind: &'static Type, query: Query) -> Answer {
    let base = super::base(call);
    let body = call.read(move |act| match &query.cursor {
        Some(cursor) if query.start.is_none() => by_cursor(act, kind, &query, cursor, &base),
        _ => by_number(act, &[kind], &query, &base),
    });
    answer(StatusCode::OK, &body.await?, None)
}

/// Users, then groups.
pub async fn search_all(call: &Call, query: Query) -> Answer {
    if query.cursor.is_some() {
        return Err(Fault::Coded("invalidCursor", "Lists of users and groups together know no cursors.".into()));
    }
    let base = super::base(call);
    let body = call.read(move |act| by_number(act, &[&USER, &GROUP], &query, &base));
    answer(StatusCode::OK, &body.await?, None)
}

fn by_number(act: &mut Act, kinds: &[&'static Type], query: &Query, base: &str) -> Result<Value, Fault> {
    selection::permit(act)?;
    let start = query.start.unwrap_or(1).max(1);
    let (mut skip, mut left, mut total) = (start - 1, query.count(), 0);
    let mut resources = vec![];
    for &kind in kinds {
        let here = count(act, kind, &query.condition(kind)?)?;
        total += here;
        if left > 0 && skip < here {
            let wanted = query.wanted(kind, From::Skip(skip), left)?;
            let found = page(act, kind, &wanted, query, base)?;
            left -= found.len() as i64;
            resources.extend(found.into_iter().map(|(document, _)| document));
        }
        skip = (skip - here).max(0);
    }
    Ok(json!({ "schemas": [SCHEMA], "totalResults": total, "startIndex": start, "itemsPerPage": resources.len(),
               "Resources": resources }))
}

fn by_cursor(act: &mut Act, kind: &'static Type, query: &Query, raw: &str, base: &str) -> Result<Value, Fault> {
    selection::permit(act)?;
    let size = query.count();
    if query.count.is_some_and(|count| count > MOST) {
        return Err(Fault::Coded("invalidCount", format!("count may be {MOST} at most.")));
    }
    let asked = query.asked(kind.name);
    let from = if raw.is_empty() { From::Skip(0) } else { From::After(cursor::read(act, raw, &asked, size)?) };
    let total = count(act, kind, &query.condition(kind)?)?;
    let mut found = page(act, kind, &query.wanted(kind, from, size + 1)?, query, base)?;
    let more = found.len() as i64 > size;
    found.truncate(usize::try_from(size).unwrap_or(0));
    let next = found.last().filter(|_| more).map(|(_, mark)| cursor::write(act, mark, &asked, size)).transpose()?;
    let resources: Vec<Document> = found.into_iter().map(|(document, _)| document).collect();
    let mut body =
        json!({ "schemas": [SCHEMA], "totalResults": total, "itemsPerPage": resources.len(), "Resources": resources });
    if let Some(next) = next {
        body["nextCursor"] = json!(next);
    }
    Ok(body)
}

fn count(act: &mut Act, kind: &'static Type, condition: &Condition) -> Result<i64, Fault> {
    Ok(if kind == &USER { selection::count_people(act, condition) } else { selection::count_groups(act, condition) }?)
}

fn page(
    act: &mut Act,
    kind: &'static Type,
    wanted: &Wanted,
    query: &Query,
    base: &str,
) -> Result<Vec<(Document, Mark)>, Fault> {
    let (documents, marks): (Vec<Document>, Vec<Mark>) = if kind == &USER {
        let (people, marks): (Vec<_>, Vec<_>) = selection::people(act, wanted)?.into_iter().unzip();
        (users::told::users(act, &people, base)?, marks)
    } else {
        let (found, marks): (Vec<_>, Vec<_>) = selection::groups(act, wanted)?.into_iter().unzip();
        (groups::told(act, &found, query.select.shows(kind, "members"), base)?, marks)
    };
    let selected = documents.into_iter().map(|document| query.select.of(kind, document));
    Ok(selected.zip(marks).collect())
}
