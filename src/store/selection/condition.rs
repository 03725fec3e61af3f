//! A condition as SQL; every text in it is bound.
use super::traits::{folded, is_number, plain};
use super::{Bound, Statement};
use crate::domain::Scope;
use crate::domain::condition::{Condition, How, Trait};
use crate::domain::extra::PREFIX;
use crate::domain::person::SCIM;
use crate::store::{Conn, scope, search};

pub fn write(to: &mut Statement, conn: &Conn, scope: Scope, condition: &Condition) {
    match condition {
        Condition::Is(holds) => to.push(if *holds { "1 = 1" } else { "1 = 0" }),
        Condition::All(parts) => joined(to, conn, scope, (parts, " AND ", "1 = 1")),
        Condition::Any(parts) => joined(to, conn, scope, (parts, " OR ", "1 = 0")),
        Condition::Not(inner) => {
            to.push("NOT COALESCE((");
            write(to, conn, scope, inner);
            to.push("), FALSE)");
        }
        Condition::Known(of) if is_number(*of) => to.push("1 = 1"),
        Condition::Known(of) => to.push(&format!("{} <> ''", plain(conn, *of))),
        Condition::Number { of, how, value } => {
            to.push(&format!("{} {} ", plain(conn, *of), sign(*how)));
            to.bind(Bound::Number(*value));
        }
        Condition::Text { of, how: How::Equal, value, exact: _ } if has_index(*of) => equal(to, *of, value),
        Condition::Text { of, how, value, exact } => text(to, conn, (*of, *exact), *how, value),
        Condition::InGroup(group) => {
            to.push("people.id IN (SELECT m.person_id FROM people_groups AS m");
            to.push(&group.map_or(String::new(), |group| format!(" WHERE m.group_id = {group}")));
            to.push(")");
        }
        Condition::Holds(person) => {
            to.push("groups.id IN (SELECT m.group_id FROM people_groups AS m WHERE 1 = 1");
            to.push(&person.map_or(String::new(), |person| format!(" AND m.person_id = {person}")));
            if let Some(seen) = scope::text(scope) {
                to.push(&format!(" AND m.person_id IN (SELECT people.id FROM people WHERE {seen})"));
            }
            to.push(")");
        }
        Condition::Kept { list, but_first, each } => {
            to.push(&format!(
                "people.id IN (SELECT k.person_id FROM person_extras AS k WHERE k.name LIKE '{PREFIX}{list}#%' AND "
            ));
            if *but_first {
                to.push(&format!("k.name <> '{PREFIX}{list}#0' AND "));
            }
            write(to, conn, scope, each);
            to.push(")");
        }
    }
}

fn joined(to: &mut Statement, conn: &Conn, scope: Scope, (parts, between, none): (&[Condition], &str, &str)) {
    to.push("(");
    for (place, part) in parts.iter().enumerate() {
        to.push(if place == 0 { "" } else { between });
        write(to, conn, scope, part);
    }
    to.push(if parts.is_empty() { none } else { "" });
    to.push(")");
}

fn sign(how: How) -> &'static str {
    match how {
        How::Unequal => "<>",
        How::Above => ">",
        How::AtLeast => ">=",
        How::Below => "<",
        How::AtMost => "<=",
        How::Equal | How::Contains | How::Begins | How::Ends => "=",
    }
}

fn has_index(of: Trait) -> bool {
    matches!(of, Trait::Login | Trait::Email | Trait::Phone | Trait::Name | Trait::ExternalId | Trait::Active)
}

/// So that an index finds them.
fn equal(to: &mut Statement, of: Trait, value: &str) {
    let mut around = |before: &str, value: &str, after: &str| {
        to.push(before);
        to.bind(Bound::Text(value.to_owned()));
        to.push(after);
    };
    match of {
        Trait::Login => {
            around("(people.username_key = ", value, "");
            around(" OR (people.username_key IS NULL AND people.email_key = ", value, ")");
            around(" OR (people.username_key IS NULL AND people.email_key IS NULL AND people.uid = ", value, "))");
        }
        Trait::Email => around("people.email_key = ", value, ""),
        Trait::Phone => around("people.phone_key = ", &digits(value), ""),
        Trait::Name => around("(people.name <> '' AND people.name_key = ", value, ")"),
        Trait::Active => to.push(match value {
            "true" => "people.status IN (0, 1)",
            "false" => "people.status IN (2, 3)",
            _ => "1 = 0",
        }),
        _ => {
            let theirs = format!("people.id IN (SELECT i.person_id FROM identities AS i WHERE i.provider = '{SCIM}'");
            around(&format!("{theirs} AND i.subject = "), value, ")");
        }
    }
}

/// Phones are compared without blanks and punctuation.
fn digits(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect()
}

fn text(to: &mut Statement, conn: &Conn, (of, exact): (Trait, bool), how: How, value: &str) {
    let value = if of == Trait::Phone { digits(value) } else { value.to_owned() };
    let column = match (exact, is_number(of)) {
        (_, true) => format!("CAST({} AS TEXT)", plain(conn, of)),
        (true, false) => plain(conn, of),
        (false, false) => folded(conn, of),
    };
    let pattern = match how {
        How::Contains if !exact => search::anywhere_pattern(&value),
        How::Begins if !exact => format!("{}%", search::escaped(&value)),
        How::Ends if !exact => format!("%{}", search::escaped(&value)),
        How::Contains | How::Begins | How::Ends => return exactly(to, conn, &column, how, value),
        how => {
            // What is not there is neither more nor less than anything.
            let there =
                if matches!(how, How::Equal | How::Unequal) { String::new() } else { format!("{column} <> '' AND ") };
            to.push(&format!("({there}{column} {} ", sign(how)));
            to.bind(Bound::Text(value));
            return to.push(")");
        }
    };
    to.push(&format!("{column} LIKE "));
    to.bind(Bound::Text(pattern));
    to.push(" ESCAPE '\\'");
}

/// LIKE knows no case on one of the two databases.
fn exactly(to: &mut Statement, conn: &Conn, column: &str, how: How, value: String) {
    let is_sqlite = matches!(conn, Conn::Sqlite(_));
    let (before, after) = match (how, is_sqlite) {
        (How::Contains, true) => (format!("instr({column}, "), ") > 0".to_owned()),
        (How::Contains, false) => (format!("strpos({column}, "), ") > 0".to_owned()),
        (How::Begins, true) => (format!("instr({column}, "), ") = 1".to_owned()),
        (How::Begins, false) => (format!("strpos({column}, "), ") = 1".to_owned()),
        _ => {
            let long = value.chars().count();
            let end = if is_sqlite { format!("substr({column}, -{long})") } else { format!("right({column}, {long})") };
            (format!("{end} = "), String::new())
        }
    };
    to.push(&before);
    to.bind(Bound::Text(value));
    to.push(&after);
}
