//! What a scope lets see, as SQL. The numbers in it are ids of ours, never anybody's text.
use crate::domain::{Desk, Scope, TicketScope};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Bool;

/// A condition on `people`; nothing when everybody may be seen.
pub fn condition(scope: Scope) -> Option<SqlLiteral<Bool>> {
    text(scope).map(|text| sql(&text))
}

/// A condition on a column that holds people's ids, such as `audit_entries.person_id`.
pub fn condition_on(column: &str, scope: Scope) -> Option<SqlLiteral<Bool>> {
    text(scope).map(|text| sql(&format!("{column} IN (SELECT people.id FROM people WHERE {text})")))
}

/// A condition on a column that somebody in scope must hold: `column IN (SELECT of FROM from …)`, where
/// `person` is the column of `from` that holds people's ids.
pub fn condition_through(column: &str, through: [&str; 3], scope: Scope) -> Option<SqlLiteral<Bool>> {
    text_through(column, through, scope).map(|text| sql(&text))
}

/// The same as text.
pub fn text_through(column: &str, [of, from, person]: [&str; 3], scope: Scope) -> Option<String> {
    let text = text(scope)?;
    Some(format!("{column} IN (SELECT {of} FROM {from} WHERE {person} IN (SELECT people.id FROM people WHERE {text}))"))
}

/// A condition on `tickets`; nothing when all may be seen.
pub fn ticket_condition(scope: TicketScope) -> Option<SqlLiteral<Bool>> {
    ticket_text(scope).map(|text| sql(&text))
}

/// As text, for a column that holds tickets' ids.
pub fn ticket_condition_on(column: &str, scope: TicketScope) -> Option<String> {
    ticket_text(scope).map(|text| format!("{column} IN (SELECT tickets.id FROM tickets WHERE {text})"))
}

fn ticket_text(TicketScope { desk, people }: TicketScope) -> Option<String> {
    let desk = match desk {
        Desk::All => None,
        Desk::Nothing => Some("1 = 0".to_owned()),
        Desk::AssignedTo(me) => Some(format!("tickets.assignee_id = {}", me.0)),
        Desk::GroupsOf(me) => Some(format!(
            "(tickets.assignee_id = {0} OR tickets.group_id IN \
             (SELECT mine.group_id FROM people_groups AS mine WHERE mine.person_id = {0}))",
            me.0
        )),
        Desk::AskedBy(me) => Some(format!(
            "(tickets.requester_id = {0} OR tickets.id IN \
             (SELECT c.ticket_id FROM ticket_collaborators AS c WHERE c.person_id = {0}))",
            me.0
        )),
    };
    let asked = text(people).map(|text| format!("tickets.requester_id IN (SELECT people.id FROM people WHERE {text})"));
    let both: Vec<String> = desk.into_iter().chain(asked).collect();
    (!both.is_empty()).then(|| both.join(" AND "))
}

/// As text.
pub fn text(scope: Scope) -> Option<String> {
    Some(match scope {
        Scope::Everyone => return None,
        Scope::Nobody => "1 = 0".into(),
        Scope::Only(me) => format!("people.id = {}", me.0),
        Scope::OrganisationOf(me) => format!(
            "(people.id = {0} OR people.organisation_id = (SELECT mine.organisation_id FROM people AS mine WHERE mine.id = {0}))",
            me.0
        ),
        Scope::GroupsOf(me) => format!(
            "(people.id = {0} OR people.id IN (SELECT theirs.person_id FROM people_groups AS theirs \
             JOIN people_groups AS mine ON mine.group_id = theirs.group_id WHERE mine.person_id = {0}))",
            me.0
        ),
    })
}
