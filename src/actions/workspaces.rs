//! Workspaces: making and changing them, and who is in them.
use super::Act;
use crate::domain::event::Kind;
use crate::domain::workspace::MemberRole;
use crate::domain::{
    Change, Cursor, Error, Event, Page, Person, PersonId, Result, Subject, Target, Turn, Verb, Workspace,
};
use crate::store;

/// A page shows so many members.
pub const SHOWN: i64 = 200;

/// A workspace, how many people in scope are in it, and its owner's name if they are.
#[derive(Debug, Clone)]
pub struct Counted {
    pub workspace: Workspace,
    pub members: i64,
    pub owner: String,
}

/// A page of workspaces, and where to go on from it.
pub struct Listing {
    pub list: Vec<Counted>,
    pub matching: i64,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

fn permit(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::List, Target::House)?;
    act.actor.must(Verb::SeeStaffFields, Target::House)
}

/// Reads a cursor of the list.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, store::workspaces::ORDER)
}

/// By name, any part of which holds `q`.
pub fn index(act: &mut Act, q: &str, turn: &Turn, size: usize) -> Result<Listing> {
    permit(act)?;
    let q: String = q.chars().take(200).collect();
    let scope = act.actor.scope();
    let list = store::workspaces::list(act.conn, scope, &q, turn, size as i64)?;
    let Page { list, before, after } = turn.page(list, size, store::workspaces::cursor);
    let matching = store::workspaces::count(act.conn, scope, &q)?;
    Ok(Listing { list: counted(act, list)?, matching, before, after })
}

/// One that somebody is in, and whose it is; nobody when that is out of reach.
pub struct Shared {
    pub workspace: Workspace,
    pub owner: Option<Person>,
}

/// Those that somebody is in, with their owners as far as they are in reach; and how many there are in all.
pub fn of(act: &mut Act, person: PersonId, role: Option<MemberRole>, window: (i64, i64)) -> Result<(Vec<Shared>, i64)> {
    permit(act)?;
    super::people::show(act, person)?;
    let (list, total) = store::workspaces::of(act.conn, person, role, window)?;
    let owners: Vec<PersonId> = list.iter().map(|one| one.owner).collect();
    let known = store::people::find_many(act.conn, act.actor.scope(), &owners)?;
    let shared = |workspace: Workspace| Shared {
        owner: known.iter().find(|person| person.id == workspace.owner).cloned(),
        workspace,
    };
    Ok((list.into_iter().map(shared).collect(), total))
}

fn counted(act: &mut Act, list: Vec<Workspace>) -> Result<Vec<Counted>> {
    let ids: Vec<i64> = list.iter().map(|one| one.id).collect();
    let scope = act.actor.scope();
    let members = store::workspaces::members(act.conn, scope, &ids)?;
    let owners: Vec<PersonId> = list.iter().map(|one| one.owner).collect();
    let names = store::people::labels(act.conn, scope, &owners)?;
    let count = |workspace: Workspace| Counted {
        members: members.get(&workspace.id).copied().unwrap_or(0),
        owner: names.get(&workspace.owner).cloned().unwrap_or_default(),
        workspace,
    };
    Ok(list.into_iter().map(count).collect())
}

/// With its first members in scope.
pub fn show(act: &mut Act, id: i64) -> Result<(Counted, Vec<(Person, MemberRole)>)> {
    permit(act)?;
    let scope = act.actor.scope();
    let found = store::workspaces::find(act.conn, scope, id)?;
    let counted = counted(act, vec![found])?.pop().ok_or(Error::NotFound)?;
    let members = store::workspaces::people_of(act.conn, scope, id, SHOWN)?;
    let ids: Vec<PersonId> = members.iter().map(|(person, _)| *person).collect();
    let mut people = store::people::find_many(act.conn, scope, &ids)?;
    let with_role = |(id, role)| {
        let at = people.iter().position(|person| person.id == id)?;
        Some((people.swap_remove(at), role))
    };
    Ok((counted, members.into_iter().filter_map(with_role).collect()))
}

/// One that this actor may change.
pub fn edit(act: &mut Act, id: i64) -> Result<Counted> {
    permit(act)?;
    let found = store::workspaces::find(act.conn, act.actor.scope(), id)?;
    act.actor.must(Verb::ManageWorkspaces, Target::House)?;
    counted(act, vec![found])?.pop().ok_or(Error::NotFound)
}

/// What a form says of a workspace.
#[derive(Debug, Clone)]
pub struct Draft {
    pub name: String,
    pub description: String,
    pub owner: PersonId,
    pub locked: bool,
}

impl Draft {
    fn changes(&self, act: &mut Act, old: Option<&Workspace>) -> Result<Vec<Change>> {
        let mut ids = vec![self.owner];
        ids.extend(old.map(|one| one.owner));
        let names = store::people::labels(act.conn, act.actor.scope(), &ids)?;
        let called = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let mut changes = Change::among([
            ("name", old.map(|one| one.name.clone()).unwrap_or_default(), self.name.clone()),
            ("description", old.map(|one| one.description.clone()).unwrap_or_default(), self.description.clone()),
            ("locked", old.map_or("no".into(), |one| yes_no(one.locked)), yes_no(self.locked)),
        ]);
        // By who they are: two people may be called the same.
        let before = old.map(|one| one.owner);
        if before != Some(self.owner) {
            let change = Change::new("owner", called(before), called(Some(self.owner)));
            changes.push(change.naming(before.into_iter().chain([self.owner])));
        }
        Ok(changes)
    }
}

/// The owner manages it as its first member.
pub fn create(act: &mut Act, draft: Draft) -> Result<i64> {
    act.actor.must(Verb::ManageWorkspaces, Target::House)?;
    let changes = draft.changes(act, None)?;
    let Draft { name, description, owner, locked } = draft;
    let new = Workspace { id: 0, name, description, owner, locked, created_at: act.now, version: 1 };
    let id = store::workspaces::insert(act.conn, &new)?;
    store::workspaces::set_members(act.conn, id, &[(owner, MemberRole::MANAGER)])?;
    act.record(Event::on(Kind::WorkspaceCreated, Subject::Workspace(id), new.name, changes))?;
    Ok(id)
}

/// A new owner becomes a manager of it. Nothing changed, nothing written.
pub fn update(act: &mut Act, id: i64, version: i64, draft: Draft) -> Result<()> {
    let mut workspace = edit(act, id)?.workspace;
    if workspace.version != version {
        return Err(Error::Stale);
    }
    let changes = draft.changes(act, Some(&workspace))?;
    if changes.is_empty() {
        return Ok(());
    }
    if draft.owner != workspace.owner {
        store::workspaces::set_members(act.conn, id, &[(draft.owner, MemberRole::MANAGER)])?;
    }
    (workspace.name, workspace.description) = (draft.name, draft.description);
    (workspace.owner, workspace.locked) = (draft.owner, draft.locked);
    store::workspaces::update(act.conn, &workspace)?;
    act.record(Event::on(Kind::WorkspaceEdited, Subject::Workspace(id), workspace.name, changes))
}

/// Whoever is in it already gets the new role.
pub fn join(act: &mut Act, id: i64, person: PersonId, role: MemberRole) -> Result<()> {
    let workspace = edit(act, id)?.workspace;
    let person = super::people::show(act, person)?;
    store::workspaces::set_members(act.conn, id, &[(person.id, role)])?;
    let changes = vec![
        Change::new("member", "", person.label()).naming([person.id]),
        Change::new("as", "", role.number().to_string()),
    ];
    act.record(Event::on(Kind::WorkspaceJoined, Subject::Workspace(id), workspace.name, changes))
}

/// The owner stays until there is another. Whoever is not in it is left alone.
pub fn leave(act: &mut Act, id: i64, person: PersonId) -> Result<()> {
    let workspace = edit(act, id)?.workspace;
    let person = super::people::show(act, person)?;
    if workspace.owner == person.id {
        return Err(Error::invalid("member", "workspaces.owner_stays"));
    }
    if !store::workspaces::remove_member(act.conn, id, person.id)? {
        return Ok(());
    }
    let changes = vec![Change::new("member", person.label(), "").naming([person.id])];
    act.record(Event::on(Kind::WorkspaceLeft, Subject::Workspace(id), workspace.name, changes))
}
