//! What powers mean, as sentences: what is allowed first, then what is not.
use super::view::View;
use crate::domain::{Permission, Powers, Standing};

pub struct Sentence {
    pub text: String,
    pub allowed: bool,
}

/// Of whatever role.
pub fn of_standing(v: &View, standing: &Standing) -> Vec<Sentence> {
    let told = |key: &str| Sentence { text: v.t(key), allowed: true };
    if let Some(powers) = standing.own_powers() {
        return of_powers(v, powers);
    }
    let role = standing.role.name();
    ["one", "two", "three"].map(|which| told(&format!("can_{role}.{which}"))).into()
}

pub fn of_powers(v: &View, powers: &Powers) -> Vec<Sentence> {
    let reach = Sentence { text: v.t(&format!("can_see.{}", powers.reach.name())), allowed: true };
    let tickets = Sentence { text: v.t(&format!("can_tickets.{}", powers.tickets.name())), allowed: true };
    let one = |permission: &Permission| {
        let allowed = powers.may(*permission);
        let room = if allowed { "can" } else { "cannot" };
        Sentence { text: v.t(&format!("{room}.{}", permission.name())), allowed }
    };
    let (may, may_not): (Vec<_>, Vec<_>) = Permission::ALL.iter().map(one).partition(|sentence| sentence.allowed);
    [reach].into_iter().chain(may).chain([tickets]).chain(may_not).collect()
}
