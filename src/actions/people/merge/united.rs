//! The record that is left: chosen values, and what else the two were known by.
use super::Plan;
use crate::actions::Act;
use crate::domain::merge::{AVATAR, SECONDARY, Side, Sides, merged};
use crate::domain::undo::{Row, Step};
use crate::domain::{Field, Person, PersonId, Result, Scope};
use crate::store::{self, rows};

/// The survivor gets what was chosen, and keeps what else the two were known by.
pub(super) fn become_one(act: &mut Act, plan: &Plan, sides: &Sides, steps: &mut Vec<Step>) -> Result<()> {
    let id = plan.survivor.id;
    let chosen = plan.pairs.iter().filter(|pair| pair.side(sides) == Side::Absorbed);
    let chosen: Vec<String> = chosen.map(|pair| pair.name.clone()).collect();
    let mut survivor = store::people::find(act.conn, Scope::Everyone, id)?;
    survivor.fields = merged(&survivor.fields, &plan.absorbed.fields, &chosen);
    remember(act, plan, &survivor, steps)?;
    let (own, values) = (format!("id = {}", id.0), format!("person_id = {}", id.0));
    let before = (rows::read(act.conn, "people", &own)?, rows::read(act.conn, "field_values", &values)?);
    if chosen.iter().any(|name| name == AVATAR) {
        store::avatars::set(act.conn, id, None, plan.absorbed.avatar.as_deref())?;
    }
    store::people::update(act.conn, &survivor, act.now)?;
    if let Some(seen) = plan.absorbed.last_login_at {
        store::people::set_last_login(act.conn, id, seen)?;
    }
    let after = (rows::read(act.conn, "people", &own)?, rows::read(act.conn, "field_values", &values)?);
    if let (Some(before), Some(after)) = (before.0.first(), after.0.first()) {
        steps.extend(altered(id, before, after));
    }
    let without = |some: &[Row], others: &[Row]| -> Vec<Row> {
        some.iter().filter(|row| !others.contains(row)).cloned().collect()
    };
    let table = || "field_values".to_owned();
    let (gone, new) = (without(&before.1, &after.1), without(&after.1, &before.1));
    steps.extend((!gone.is_empty()).then(|| Step::Removed { table: table(), rows: gone }));
    steps.extend((!new.is_empty()).then(|| Step::Added { table: table(), rows: new }));
    Ok(())
}

/// Columns that follow from others.
const DERIVED: [&str; 5] = ["name_key", "organisation_key", "search_text", "updated_at", "version"];

/// A step for each value, so that one which somebody changes later does not keep the others from returning.
fn altered(id: PersonId, before: &Row, after: &Row) -> Vec<Step> {
    let differs = |name: &&String| before.get(*name) != after.get(*name);
    let own = after.keys().filter(|name| !DERIVED.contains(&name.as_str()) && !name.ends_with("_key")).filter(differs);
    own.map(|name| {
        let key = format!("{name}_key");
        let keyed = after.contains_key(&key) && !DERIVED.contains(&key.as_str());
        let columns: Vec<&str> = [name.as_str()].into_iter().chain(keyed.then_some(key.as_str())).collect();
        let of = |row: &Row| columns.iter().map(|name| ((*name).to_owned(), row[*name].clone())).collect::<Row>();
        Step::Changed { table: "people".into(), ids: vec![id.0], before: of(before), after: of(after) }
    })
    .collect()
}

/// Addresses, numbers and names that the survivor does not bear become identities, unless they are already.
fn remember(act: &mut Act, plan: &Plan, survivor: &Person, steps: &mut Vec<Step>) -> Result<()> {
    let both = [&plan.survivor.fields, &plan.absorbed.fields];
    for field in SECONDARY {
        for value in both.map(|fields| fields.get(field)) {
            if !value.is_empty() && survivor.fields.get(field) != value {
                steps.extend(remember_one(act, survivor.id, field, value)?);
            }
        }
    }
    Ok(())
}

fn remember_one(act: &mut Act, survivor: PersonId, field: Field, value: String) -> Result<Option<Step>> {
    let Some(id) = store::identities::keep(act.conn, survivor, field.name(), &value, act.now)? else { return Ok(None) };
    let rows = rows::read(act.conn, "identities", &format!("id = {id}"))?;
    Ok(Some(Step::Added { table: "identities".into(), rows }))
}
