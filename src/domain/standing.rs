//! What somebody may do, as a session remembers it.
use super::{Permissions, Powers, Reach, Rights, Role, TicketRestriction};

/// Role and powers; the powers of anyone but an agent mean nothing and count as equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    pub role: Role,
    pub powers: Powers,
}

impl Standing {
    pub fn new(role: Role, powers: Powers) -> Self {
        Self { role, powers: if role == Role::Agent { powers } else { Rights::default().powers() } }
    }

    /// Only agents have powers of their own.
    pub fn own_powers(&self) -> Option<&Powers> {
        (self.role == Role::Agent).then_some(&self.powers)
    }

    /// Such as `agent everyone all see_staff_fields edit_people`.
    pub fn code(&self) -> String {
        let Powers { permissions, reach, tickets } = self.powers;
        format!("{} {} {} {permissions}", self.role.name(), reach.name(), tickets.name())
    }

    pub fn parse(code: &str) -> Option<Self> {
        let mut words = code.splitn(4, ' ');
        let role = Role::parse(words.next()?)?;
        let reach = Reach::parse(words.next()?)?;
        let tickets = TicketRestriction::parse(words.next()?)?;
        let permissions = Permissions::parse(words.next()?);
        Some(Self { role, powers: Powers { permissions, reach, tickets } })
    }

    /// Something that this one allows, `now` does not.
    pub fn loses_by(&self, now: &Self) -> bool {
        if self.role != now.role { now.role < self.role } else { self.powers.lose_by(&now.powers) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Permission;

    #[test]
    fn a_standing_survives_its_code_and_losses_are_seen() {
        let rights = Rights::default();
        let agent = Standing::new(Role::Agent, rights.powers());
        let looker = Standing::new(Role::Agent, Rights { manage_people: false, ..rights }.powers());
        let admin = Standing::new(Role::Admin, looker.powers);
        let nothing = Powers { permissions: Permissions::of(&[]), ..agent.powers };
        for standing in [agent, looker, admin, Standing::new(Role::Agent, nothing)] {
            assert_eq!(Standing::parse(&standing.code()), Some(standing));
            assert!(!standing.loses_by(&standing));
        }
        assert!(agent.loses_by(&looker) && admin.loses_by(&agent));
        assert!(!looker.loses_by(&agent) && !agent.loses_by(&admin));
        assert_eq!(Standing::parse("boss everyone all "), None);
    }

    #[test]
    fn another_reach_is_a_loss_unless_it_is_everyone() {
        let with = |reach| Powers { reach, ..Rights::default().powers() };
        assert!(with(Reach::Everyone).lose_by(&with(Reach::Groups)));
        assert!(with(Reach::Organisation).lose_by(&with(Reach::Groups)));
        assert!(!with(Reach::Groups).lose_by(&with(Reach::Everyone)));
        let more = Powers { permissions: Permissions::of(Permission::ALL), ..with(Reach::Groups) };
        assert!(!with(Reach::Groups).lose_by(&more) && more.lose_by(&with(Reach::Groups)));
    }
}
