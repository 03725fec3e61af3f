//! The tables as diesel sees them; `migrations/` makes them.
use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! { organisations (id) { id -> BigInt, name -> Text, name_key -> Text, description -> Text, created_at -> BigInt, } }

table! {
    people (id) {
        id -> BigInt,
        uid -> Text,
        username -> Nullable<Text>,
        username_key -> Nullable<Text>,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        phone -> Nullable<Text>,
        phone_key -> Nullable<Text>,
        name -> Text,
        name_key -> Text,
        first_name -> Text,
        last_name -> Text,
        title -> Text,
        bio -> Text,
        details -> Text,
        notes -> Text,
        remark -> Text,
        language -> Text,
        timezone -> Text,
        avatar -> Nullable<Text>,
        role -> SmallInt,
        status -> SmallInt,
        tier -> SmallInt,
        kind -> SmallInt,
        organisation_id -> Nullable<BigInt>,
        organisation_key -> Text,
        search_text -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
        last_login_at -> BigInt,
        version -> BigInt,
    }
}

table! {
    agent_profiles (person_id) {
        person_id -> BigInt,
        display_name -> Text,
        signature -> Text,
        moderator -> Bool,
        public_comments -> Bool,
        manage_people -> Bool,
        ticket_restriction -> SmallInt,
        custom_role_id -> Nullable<BigInt>,
    }
}

table! { tags (id) { id -> BigInt, name -> Text, name_key -> Text, } }
table! { people_tags (tag_id, person_id) { tag_id -> BigInt, person_id -> BigInt, } }
table! { passwords (person_id) { person_id -> BigInt, hash -> Text, changed_at -> BigInt, } }

table! {
    sessions (key_hash) {
        key_hash -> Text,
        person_id -> BigInt,
        state -> Text,
        address -> Text,
        device -> Text,
        signed_in_at -> BigInt,
        seen_at -> BigInt,
    }
}

table! { preferences (person_id) { person_id -> BigInt, theme -> Text, } }
table! { settings (name) { name -> Text, value -> Text, } }

table! {
    audit_entries (id) {
        id -> BigInt,
        at -> BigInt,
        kind -> Text,
        actor_id -> Nullable<BigInt>,
        actor_label -> Text,
        door -> Text,
        request -> Text,
        person_id -> Nullable<BigInt>,
        person_label -> Text,
        changes -> Text,
    }
}

joinable!(people -> organisations (organisation_id));
joinable!(people_tags -> tags (tag_id));
allow_tables_to_appear_in_same_query!(people, organisations, people_tags, tags, passwords);
