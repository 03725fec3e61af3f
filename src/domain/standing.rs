//! What somebody may do, as a session remembers it.
use super::{Rights, Role, TicketRestriction};

/// Role and rights; the rights of anyone but an agent mean nothing and count as equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    pub role: Role,
    pub rights: Rights,
}

impl Standing {
    pub fn new(role: Role, rights: Rights) -> Self {
        Self { role, rights: if role == Role::Agent { rights } else { Rights::default() } }
    }

    /// Such as `agent yes yes no all`.
    pub fn code(&self) -> String {
        let Rights { manage_people, public_comments, moderator, tickets } = self.rights;
        let words = [manage_people, public_comments, moderator].map(|yes| if yes { "yes" } else { "no" });
        format!("{} {} {}", self.role.name(), words.join(" "), tickets.name())
    }

    pub fn parse(code: &str) -> Option<Self> {
        let words: Vec<&str> = code.split(' ').collect();
        let &[role, manage_people, public_comments, moderator, tickets] = words.as_slice() else { return None };
        let rights = Rights {
            manage_people: manage_people == "yes",
            public_comments: public_comments == "yes",
            moderator: moderator == "yes",
            tickets: TicketRestriction::parse(tickets)?,
        };
        Some(Self { role: Role::parse(role)?, rights })
    }

    /// Something that this one allows, `now` does not.
    pub fn loses_by(&self, now: &Self) -> bool {
        if self.role != now.role {
            return now.role < self.role;
        }
        let (old, new) = (self.rights, now.rights);
        (old.manage_people && !new.manage_people)
            || (old.public_comments && !new.public_comments)
            || (old.moderator && !new.moderator)
            || (old.tickets as i16) < (new.tickets as i16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_survives_its_code_and_losses_are_seen() {
        let agent = Standing::new(Role::Agent, Rights::default());
        let looker = Standing::new(Role::Agent, Rights { manage_people: false, ..Rights::default() });
        let admin = Standing::new(Role::Admin, Rights { manage_people: false, ..Rights::default() });
        for standing in [agent, looker, admin] {
            assert_eq!(Standing::parse(&standing.code()), Some(standing));
            assert!(!standing.loses_by(&standing));
        }
        assert!(agent.loses_by(&looker) && admin.loses_by(&agent));
        assert!(!looker.loses_by(&agent) && !agent.loses_by(&admin));
        assert_eq!(Standing::parse("boss yes yes no all"), None);
    }
}
