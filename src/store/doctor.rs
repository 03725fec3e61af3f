//! Rules that every row keeps, as conditions that none may meet.
use super::Conn;
use super::rows::REFERENCES;

/// What a rule says, the table, and the condition of rows that break it.
pub type Rule = (&'static str, String, String);

/// All rules, those of references among them: SQLite checks them only while they are switched on.
pub fn rules(conn: &Conn) -> Vec<Rule> {
    let mut rules: Vec<Rule> = REFERENCES
        .iter()
        .map(|(child, column, parent, _)| {
            // Not NOT IN: PostgreSQL would compare each with all.
            let condition = format!(
                "{child}.{column} IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM {parent} AS parent WHERE parent.id = {child}.{column})"
            );
            ("every reference leads somewhere", (*child).to_owned(), condition)
        })
        .collect();
    let grams = match conn {
        Conn::Postgres(_) => "NOT EXISTS (SELECT 1 FROM people_grams WHERE people_grams.person_id = people.id)",
        Conn::Sqlite(_) => "id NOT IN (SELECT rowid FROM people_grams)",
    };
    let alive = |thing: &str, table: &str| format!("(thing = '{thing}' AND thing_id IN (SELECT id FROM {table}))");
    let trashed = [("person", "people"), ("organisation", "organisations"), ("group", "groups"), ("tag", "tags")];
    let told: [(&'static str, &str, String); 14] = [
        ("everybody is found by the search", "people", grams.into()),
        (
            "people sort by their organisation's name",
            "people",
            "organisation_key <> COALESCE((SELECT o.name_key FROM organisations AS o WHERE o.id = people.organisation_id), '')"
                .into(),
        ),
        (
            "as many people are counted as there are",
            "people_counts",
            "(SELECT SUM(c.number) FROM people_counts AS c WHERE c.role = people_counts.role AND c.status = people_counts.status)
             <> (SELECT COUNT(*) FROM people AS p WHERE p.role = people_counts.role AND p.status = people_counts.status)"
                .into(),
        ),
        (
            "as many people are counted by the day as there are",
            "people_days",
            "people_days.day > 0 AND (SELECT SUM(d.number) FROM people_days AS d WHERE d.day = people_days.day AND d.status = people_days.status)
             <> (SELECT COUNT(*) FROM people AS p WHERE p.status = people_days.status
                 AND p.created_at >= people_days.day * 86400000000 AND p.created_at < (people_days.day + 1) * 86400000000)"
                .into(),
        ),
        (
            "as many people are counted by their numbers as there are",
            "people_blocks",
            "(SELECT SUM(b.number) FROM people_blocks AS b WHERE b.block = people_blocks.block)
             <> (SELECT COUNT(*) FROM people AS p
                 WHERE p.id >= people_blocks.block * 4096 AND p.id < (people_blocks.block + 1) * 4096)"
                .into(),
        ),
        (
            "an organisation without people is told from others",
            "organisations",
            "NOT EXISTS (SELECT 1 FROM organisations_left AS l WHERE l.organisation_id = organisations.id)
             AND (SELECT MIN(1) FROM people AS p WHERE p.organisation_id = organisations.id) IS NULL"
                .into(),
        ),
        ("every agent has a profile", "people", "role = 1 AND NOT EXISTS (SELECT 1 FROM agent_profiles AS a WHERE a.person_id = people.id)".into()),
        (
            "a picture that somebody has is there",
            "people",
            "avatar IS NOT NULL AND avatar NOT IN (SELECT hash FROM avatars)".into(),
        ),
        (
            "contacts know each other",
            "contacts",
            "NOT EXISTS (SELECT 1 FROM contacts AS back WHERE back.person_id = contacts.contact_id AND back.contact_id = contacts.person_id)"
                .into(),
        ),
        (
            "a chat's owner is in it",
            "chats",
            "owner_id NOT IN (SELECT m.person_id FROM chat_members AS m WHERE m.chat_id = chats.id)".into(),
        ),
        (
            "a workspace's owner is in it",
            "workspaces",
            "owner_id NOT IN (SELECT m.person_id FROM workspace_members AS m WHERE m.workspace_id = workspaces.id)"
                .into(),
        ),
        (
            "a conversation is of a chat or of two people",
            "conversations",
            "(chat_id IS NULL) = (first_id IS NULL OR second_id IS NULL) OR first_id >= second_id".into(),
        ),
        ("a ticket that somebody sees to names nobody who is gone", "tickets", "assignee_id IS NOT NULL AND assignee_label <> ''".into()),
        (
            "what is in the trash is nowhere else",
            "trash",
            trashed.map(|(thing, table)| alive(thing, table)).join(" OR "),
        ),
    ];
    rules.extend(told.map(|(rule, table, condition)| (rule, table.to_owned(), condition)));
    rules
}
