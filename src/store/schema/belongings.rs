//! What belongs to people, and the trash.
use super::people;
use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! { identities (id) { id -> BigInt, person_id -> BigInt, provider -> Text, subject -> Text, created_at -> BigInt, } }

table! {
    tickets (id) {
        id -> BigInt,
        subject -> Text,
        subject_key -> Text,
        status -> SmallInt,
        priority -> SmallInt,
        requester_id -> Nullable<BigInt>,
        assignee_id -> Nullable<BigInt>,
        assignee_label -> Text,
        group_id -> Nullable<BigInt>,
        organisation_id -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
        version -> BigInt,
    }
}

table! { person_extras (person_id, name) { person_id -> BigInt, name -> Text, value -> Text, } }

table! {
    api_keys (id) {
        id -> BigInt,
        dialect -> Text,
        name -> Text,
        person_id -> BigInt,
        prefix -> Text,
        hash -> Text,
        read_only -> Bool,
        created_at -> BigInt,
        expires_at -> BigInt,
        last_used_at -> BigInt,
        uses -> Text,
        org -> Text,
        app -> Text,
        open_registration -> Bool,
        batch_delete -> Bool,
        rate_users -> Integer,
        rate_tokens -> Integer,
        rate_deletions -> Integer,
    }
}

table! {
    tokens (id) {
        id -> BigInt,
        key_id -> BigInt,
        person_id -> BigInt,
        access_hash -> Text,
        refresh_hash -> Text,
        created_at -> BigInt,
        access_until -> BigInt,
        refresh_until -> BigInt,
    }
}

table! { ticket_collaborators (ticket_id, person_id) { ticket_id -> BigInt, person_id -> BigInt, } }

table! {
    ticket_comments (id) {
        id -> BigInt,
        ticket_id -> BigInt,
        author_id -> Nullable<BigInt>,
        author_label -> Text,
        is_public -> Bool,
        body -> Text,
        created_at -> BigInt,
    }
}

table! {
    workspaces (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        description -> Text,
        owner_id -> BigInt,
        locked -> Bool,
        created_at -> BigInt,
        version -> BigInt,
    }
}

table! {
    workspace_members (workspace_id, person_id) { workspace_id -> BigInt, person_id -> BigInt, role -> SmallInt, }
}

table! { contacts (person_id, contact_id) { person_id -> BigInt, contact_id -> BigInt, } }
table! { blocks (person_id, blocked_id) { person_id -> BigInt, blocked_id -> BigInt, } }

table! {
    chats (id) {
        id -> BigInt,
        kind -> SmallInt,
        name -> Text,
        description -> Text,
        owner_id -> BigInt,
        created_at -> BigInt,
    }
}

table! { chat_members (chat_id, person_id) { chat_id -> BigInt, person_id -> BigInt, } }

table! {
    conversations (id) {
        id -> BigInt,
        chat_id -> Nullable<BigInt>,
        first_id -> Nullable<BigInt>,
        second_id -> Nullable<BigInt>,
    }
}

table! {
    messages (id) { id -> BigInt, conversation_id -> BigInt, sender_id -> BigInt, body -> Text, sent_at -> BigInt, }
}

table! { chat_attributes (person_id, name) { person_id -> BigInt, name -> Text, value -> Text, } }

table! {
    trash (id) {
        id -> BigInt,
        thing -> Text,
        thing_id -> BigInt,
        cause -> Text,
        actor_id -> Nullable<BigInt>,
        actor_label -> Text,
        at -> BigInt,
        expires_at -> BigInt,
        gist -> Binary,
        contents -> Binary,
    }
}

joinable!(workspace_members -> people (person_id));
joinable!(chat_members -> chats (chat_id));
allow_tables_to_appear_in_same_query!(people, workspace_members);
allow_tables_to_appear_in_same_query!(chats, chat_members);

table! { likenesses (kind, key, person_id) { kind -> SmallInt, key -> BigInt, person_id -> BigInt, } }

table! {
    duplicates (id) {
        id -> BigInt,
        first_id -> BigInt,
        second_id -> BigInt,
        score -> SmallInt,
        found_at -> BigInt,
        dismissed_at -> BigInt,
    }
}

table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        actor_id -> Nullable<BigInt>,
        payload -> Text,
        state -> SmallInt,
        created_at -> BigInt,
        ended_at -> BigInt,
        locked_until -> BigInt,
        total -> BigInt,
        done -> BigInt,
        unchanged -> BigInt,
        refused -> BigInt,
        started_at -> BigInt,
        attempts -> SmallInt,
        cause -> Text,
        holder -> Text,
        once -> Text,
        about -> BigInt,
        checkpoint -> Text,
        place -> Text,
    }
}

table! {
    job_items (job_id, person_id) {
        job_id -> BigInt,
        person_id -> BigInt,
        outcome -> Text,
        trash_id -> Nullable<BigInt>,
        version -> BigInt,
        found -> Text,
    }
}

table! {
    imports (id) {
        id -> BigInt,
        actor_id -> BigInt,
        name -> Text,
        file -> Text,
        bytes -> BigInt,
        rows -> BigInt,
        header -> Text,
        meanings -> Text,
        stage -> SmallInt,
        job_id -> Nullable<BigInt>,
        at_row -> BigInt,
        at_byte -> BigInt,
        trial -> Text,
        report -> Text,
        created_at -> BigInt,
        version -> BigInt,
    }
}

table! {
    import_rows (import_id, number) {
        import_id -> BigInt,
        number -> BigInt,
        outcome -> SmallInt,
        person_id -> Nullable<BigInt>,
        at_byte -> BigInt,
        fault_column -> Text,
        fault -> Text,
    }
}
