//! What made up people ask, share and say.
use super::YEARS;
use crate::actions::belongings::Drawn;
use crate::domain::chat::{Chat, ChatKind};
use crate::domain::ticket::{Comment, Priority, TicketStatus};
use crate::domain::workspace::MemberRole;
use crate::domain::{PersonId, Role, Ticket, Time, Workspace};
use fastrand::Rng;

const SUBJECTS: [&str; 16] = [
    "Invoice shows the wrong address",
    "Cannot sign in since this morning",
    "Where is our shipment?",
    "Please add a colleague",
    "Export stops at 4,000 rows",
    "Refund for a double payment",
    "The app is slow in the afternoon",
    "Question about the contract",
    "发票抬头需要修改",
    "无法登录系统",
    "物流进度查询",
    "申请退款",
    "如何导出数据？",
    "合同续签问题",
    "增加两个账号",
    "页面打开很慢",
];
const WORDS: [&str; 8] = [
    "Could you have a look? It started this week.",
    "We looked into it and found the cause.",
    "Thank you, that works.",
    "I will ask the warehouse and come back to you.",
    "麻烦尽快处理，谢谢。",
    "已经转给相关同事，请稍等。",
    "问题已解决。",
    "请提供订单号。",
];
const PLACES: [&str; 6] = ["Onboarding", "Freight pilots", "Release notes", "客户成功", "Quarterly review", "培训资料"];

/// For these people, of whom it knows id and role; tickets go to some of these groups.
pub fn draw(rng: &mut Rng, people: &[(PersonId, Role)], groups: &[i64]) -> Drawn {
    let mut drawn = Drawn::default();
    let staff: Vec<PersonId> = people.iter().filter(|(_, role)| role.is_staff()).map(|(id, _)| *id).collect();
    let customers: Vec<PersonId> = people.iter().filter(|(_, role)| !role.is_staff()).map(|(id, _)| *id).collect();
    for (n, person) in customers.iter().enumerate() {
        if rng.f32() < 0.2 {
            drawn.tickets.push(ticket(rng, *person, &staff, groups));
        }
        let next = customers[(n + 1) % customers.len()];
        if next != *person && rng.f32() < 0.1 {
            drawn.contacts.push((*person, next));
            if rng.f32() < 0.4 {
                let said = rng.choose_multiple(WORDS, 3).into_iter().map(str::to_owned).collect();
                drawn.messages.push((*person, next, said));
            }
            if rng.f32() < 0.05 {
                drawn.blocks.push((next, *person));
            }
        }
        if rng.f32() < 0.05 {
            drawn.attributes.push((*person, [("sign".to_owned(), word(rng).to_owned())].into()));
            drawn.identities.push((*person, "wechat", format!("wx-{:016x}", rng.u64(..))));
        }
    }
    for (n, _) in people.iter().enumerate().step_by(250) {
        let (owner, near) = (people[n].0, &people[n..(n + 12).min(people.len())]);
        let members: Vec<PersonId> = near.iter().map(|(id, _)| *id).collect();
        drawn.workspaces.push(workspace(rng, owner, &members));
        drawn.chats.push((chat(rng, owner), members[1..].to_vec()));
    }
    drawn
}

fn word(rng: &mut Rng) -> &'static str {
    rng.choice(WORDS).unwrap_or_default()
}

fn ticket(
    rng: &mut Rng,
    requester: PersonId,
    staff: &[PersonId],
    groups: &[i64],
) -> (Ticket, Vec<Comment>, Vec<PersonId>) {
    let created_at = Time::from_seconds(rng.i64(YEARS));
    let updated_at = Time::from_seconds(rng.i64(created_at.micros() / 1_000_000..YEARS.end + 1));
    let assignee = rng.choice(staff).copied().filter(|_| rng.f32() < 0.8);
    let status = match rng.u32(..10) {
        0..3 => TicketStatus::Open,
        3..4 => TicketStatus::Pending,
        4..6 => TicketStatus::Solved,
        _ => TicketStatus::Closed,
    };
    let ticket = Ticket {
        id: 0,
        subject: rng.choice(SUBJECTS).unwrap_or_default().into(),
        status,
        priority: rng.choice(Priority::ALL).copied().unwrap_or(Priority::Normal),
        requester: Some(requester),
        assignee,
        assignee_label: String::new(),
        group: rng.choice(groups).copied(),
        organisation: None,
        created_at,
        updated_at,
        version: 1,
    };
    let mut said = vec![comment(rng, requester, true, created_at)];
    if let Some(agent) = assignee {
        let is_public = rng.bool();
        said.push(comment(rng, agent, is_public, updated_at));
    }
    let following = rng.choice(staff).copied().filter(|one| Some(*one) != assignee && rng.f32() < 0.1);
    (ticket, said, following.into_iter().collect())
}

fn comment(rng: &mut Rng, author: PersonId, is_public: bool, created_at: Time) -> Comment {
    Comment { id: 0, author: Some(author), author_label: String::new(), is_public, body: word(rng).into(), created_at }
}

fn workspace(rng: &mut Rng, owner: PersonId, members: &[PersonId]) -> (Workspace, Vec<(PersonId, MemberRole)>) {
    let workspace = Workspace {
        id: 0,
        name: format!("{} {}", rng.choice(PLACES).unwrap_or_default(), owner.0),
        description: String::new(),
        owner,
        locked: rng.f32() < 0.1,
        created_at: Time::from_seconds(rng.i64(YEARS)),
        version: 1,
    };
    let role = |person: &PersonId| match *person == owner {
        true => MemberRole::MANAGER,
        false => MemberRole::ALL[(person.0 % 2 + 1) as usize],
    };
    (workspace, members.iter().map(|person| (*person, role(person))).collect())
}

fn chat(rng: &mut Rng, owner: PersonId) -> Chat {
    Chat {
        id: 0,
        kind: if rng.f32() < 0.7 { ChatKind::Group } else { ChatKind::Room },
        name: format!("{} {}", rng.choice(PLACES).unwrap_or_default(), owner.0),
        description: word(rng).into(),
        owner,
        created_at: Time::from_seconds(rng.i64(YEARS)),
    }
}
