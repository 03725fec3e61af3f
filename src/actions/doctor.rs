//! Looks for what can never be, whatever happened to the house.
use super::Act;
use crate::domain::{Result, Target, Verb};
use crate::store;

/// How many rows break a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub rule: &'static str,
    pub broken: i64,
}

/// Every rule, kept or not. Entries of the trash that cannot be opened count as broken.
pub fn examine(act: &mut Act) -> Result<Vec<Finding>> {
    act.actor.must(Verb::Examine, Target::House)?;
    let mut found = vec![];
    for (rule, from, condition) in store::doctor::rules(act.conn) {
        found.push(Finding { rule, broken: store::rows::count(act.conn, &from, &condition)? });
    }
    found.push(Finding { rule: "every entry of the trash opens", broken: super::trash::unreadable(act)? });
    Ok(found)
}
