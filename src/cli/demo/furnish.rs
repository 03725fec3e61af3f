//! What a house has after some months: groups, fields, a role, colours.
use crate::App;
use crate::actions::batches::{self, MOST};
use crate::actions::people::deletion::{self, Consent};
use crate::actions::people::role::{self, Choice};
use crate::actions::tickets::{self, Work};
use crate::actions::{Act, Caller, chats, fields, groups, organisations, people, roles, tags, views, workspaces};
use crate::cli::here;
use crate::domain::belonging::{Asked, Choices, Hand, Owned};
use crate::domain::chat::{ChatKind, Recipient};
use crate::domain::custom::{Audience, Bilingual, FieldKind};
use crate::domain::deed::Deed;
use crate::domain::workspace::MemberRole;
use crate::domain::{
    CustomField, CustomRole, Door, PeopleFilter, Permission, Permissions, Person, Powers, Reach, Result, Rights, Role,
    Sort, Ticket, TicketFilter, TicketRestriction, Turn,
};
use std::collections::BTreeMap;

const GROUPS: [(&str, &str); 3] = [
    ("Billing", "Invoices, payments and contracts"),
    ("Freight", "Shipments and customs"),
    ("华东支持", "Customers in eastern China"),
];
const HUES: [(&str, i16); 5] = [("vip", 2), ("churned", 1), ("partner", 5), ("大客户", 7), ("续约", 3)];

/// Before there are people: tickets go to groups.
pub fn prepare(app: &App) -> anyhow::Result<()> {
    let make = |(name, description): (&str, &str)| {
        app.write_here(&here(), |act| groups::create(act, groups::Draft::parse(name, description)?))
    };
    GROUPS.into_iter().try_for_each(|group| make(group).map(drop))?;
    Ok(())
}

/// Furnishes the house of this cast, whose first is an administrator.
pub fn furnish(app: &App, cast: &[Person]) -> anyhow::Result<()> {
    app.write_here(&here(), |act| {
        for (name, hue) in HUES {
            let found = tags::index(act, name)?.into_iter().find(|one| one.tag.name == name);
            if let Some(one) = found {
                tags::update(act, one.tag.id, one.tag.version, one.tag.name, hue)?;
            }
        }
        custom_fields().iter().try_for_each(|field| fields::create(act, field).map(drop))?;
        let house = organisations::Draft {
            name: "Northbank Support".into(),
            description: "Ourselves.".into(),
            domains: vec!["northbank.example".into()],
        };
        let known = organisations::index(
            act,
            &organisations::Wanted { q: "Northbank".into(), ..Default::default() },
            &Turn::First,
            1,
        )?;
        if let Some(one) = known.list.into_iter().next() {
            organisations::update(act, one.organisation.id, one.organisation.version, house)?;
        }
        Ok(())
    })?;
    assign(app, cast)
}

/// The administrator puts customers into groups, saves a view, and gives the second agent a role.
fn assign(app: &App, cast: &[Person]) -> anyhow::Result<()> {
    let (admin, agents) = (&cast[0], &cast[1..3]);
    let as_admin = app.read_here(&here(), |act| {
        crate::actions::sessions::acting_as(act, admin.fields.email.as_ref().map_or("", |email| email.as_str()))
    })?;
    let caller = Caller { actor: as_admin, door: Door::CommandLine, request: "demo".into() };
    app.write_here(&caller, |act| {
        let customers = PeopleFilter { roles: vec![Role::EndUser], ..PeopleFilter::default() };
        for (group, turn) in [("Billing", "vip"), ("华东支持", "大客户")] {
            let filter = PeopleFilter { tag: Some(turn.into()), ..customers.clone() };
            let found = people::list::index(act, &filter, &Sort::default(), &Turn::First, MOST / 2)?.page.people;
            let mut ids: Vec<_> = found.iter().map(|person| person.id).collect();
            ids.extend(agents.iter().map(|agent| agent.id));
            batches::create(act, &ids, &Deed::AddToGroups(vec![group.into()]))?;
        }
        views::create(act, "VIP 待回访", "tag=vip&status=quiet")?;
        let id = roles::create(act, &team_role())?;
        let choice = Choice { role: Role::Agent, rights: Rights::default(), custom_role: Some(id), sure: true };
        give_work(act, admin, agents)?;
        let_go(act, admin)?;
        role::update(act, agents[1].id, choice).map(drop)
    })?;
    Ok(())
}

/// Each agent sees to tickets, owns a workspace and a chat group.
fn give_work(act: &mut Act, admin: &Person, agents: &[Person]) -> Result<()> {
    let filter = TicketFilter { live: true, ..TicketFilter::default() };
    let live = tickets::index(act, &filter, &Turn::First, 60)?.list;
    for (n, one) in live.into_iter().enumerate() {
        let Ticket { id, status, priority, group, version, .. } = one.ticket;
        let work = Work { status, priority, group, assignee: Some(agents[n % 2].id) };
        tickets::update(act, id, version, work)?;
    }
    for (agent, name) in agents.iter().zip(["Freight pilots", "客户成功"]) {
        let draft = workspaces::Draft {
            name: name.into(),
            description: "Shared with the customers of one project.".into(),
            owner: agent.id,
            locked: false,
        };
        let id = workspaces::create(act, draft)?;
        workspaces::join(act, id, admin.id, MemberRole::MANAGER)?;
        let chat = chats::create(act, ChatKind::Group, agent.id, name, "")?;
        chats::join(act, chat, &[admin.id, agents[0].id, agents[1].id])?;
        chats::send(act, agent.id, Recipient::Chat(chat), "Good morning everybody.")?;
    }
    Ok(())
}

/// One customer has gone, so that the trash holds somebody.
fn let_go(act: &mut Act, admin: &Person) -> Result<()> {
    let filter = PeopleFilter { roles: vec![Role::EndUser], tag: Some("churned".into()), ..PeopleFilter::default() };
    let found = people::list::index(act, &filter, &Sort::default(), &Turn::First, 1)?.page.people;
    let Some(person) = found.first() else { return Ok(()) };
    let plan = deletion::plan(act, person.id)?;
    let heir = Owned::GivenTo(admin.id);
    let choices = Choices {
        open: Hand::Nobody,
        open_of_group: BTreeMap::new(),
        requested: Asked::Anonymous,
        workspaces: heir,
        groups: heir,
        rooms: heir,
    };
    let consent = Consent { typed: plan.word(), seen: plan.seen, choices };
    deletion::create(act, person.id, &consent).map(drop)
}

fn team_role() -> CustomRole {
    let permissions = [Permission::SeeStaffFields, Permission::EditPeople, Permission::PublicComments];
    CustomRole {
        id: 0,
        name: "Team member".into(),
        description: "Looks after the customers of their own groups.".into(),
        powers: Powers {
            permissions: Permissions::of(&permissions),
            reach: Reach::Groups,
            tickets: TicketRestriction::Groups,
        },
        version: 1,
    }
}

fn custom_fields() -> [CustomField; 3] {
    let field = |name: &str, kind, en: &str, zh: &str| CustomField {
        id: 0,
        name: name.into(),
        kind,
        audience: Audience::EndUsers,
        staff_only: true,
        required: false,
        label: Bilingual { en: en.into(), zh: zh.into() },
        help: Bilingual::default(),
        initial: String::new(),
        choices: vec![],
        pattern: String::new(),
        retired: false,
        version: 1,
    };
    let choices = ["Gold", "Silver", "Standard"].map(str::to_owned).into();
    [
        CustomField { choices, ..field("plan", FieldKind::Choice, "Plan", "套餐") },
        field("contract_end", FieldKind::Date, "Contract end", "合同到期"),
        field("seats", FieldKind::Number, "Seats", "席位数"),
    ]
}
