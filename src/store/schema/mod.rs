//! The tables as diesel sees them; `migrations/` makes them.
mod belongings;

pub use belongings::*;

use diesel::{allow_columns_to_appear_in_same_group_by_clause, allow_tables_to_appear_in_same_query, joinable, table};

table! {
    organisations (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        description -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
        version -> BigInt,
    }
}

table! { organisation_domains (domain) { domain -> Text, organisation_id -> BigInt, } }

table! {
    groups (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        description -> Text,
        created_at -> BigInt,
        version -> BigInt,
        external_id -> Text,
        updated_at -> BigInt,
        wildcards -> Text,
        permissions -> Text,
    }
}

table! { people_groups (group_id, person_id) { group_id -> BigInt, person_id -> BigInt, } }

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

table! { tags (id) { id -> BigInt, name -> Text, name_key -> Text, hue -> SmallInt, version -> BigInt, } }
table! { people_tags (tag_id, person_id) { tag_id -> BigInt, person_id -> BigInt, } }
table! {
    passwords (person_id) {
        person_id -> BigInt,
        hash -> Text,
        changed_at -> BigInt,
        temporary -> Text,
        temporary_until -> BigInt,
    }
}

table! {
    sessions (key_hash) {
        key_hash -> Text,
        person_id -> BigInt,
        state -> Text,
        address -> Text,
        device -> Text,
        signed_in_at -> BigInt,
        seen_at -> BigInt,
        handle -> Text,
    }
}

table! { preferences (person_id) { person_id -> BigInt, theme -> Text, list_columns -> Text, shortcuts -> Bool, } }
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
        thing -> Nullable<Text>,
        thing_id -> Nullable<BigInt>,
        mac -> Binary,
        key_id -> Nullable<BigInt>,
    }
}

table! { absorptions (absorbed_id) { absorbed_id -> BigInt, survivor_id -> BigInt, } }
table! { erasures (id) { id -> BigInt, person_id -> BigInt, at -> BigInt, receipt -> Text, } }

table! { person_keys (person_id) { person_id -> BigInt, sealed -> Binary, } }

table! {
    audit_seals (id) {
        id -> BigInt,
        until_id -> BigInt,
        entries -> BigInt,
        hash -> Binary,
        signature -> Binary,
        at -> BigInt,
    }
}

table! {
    custom_roles (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        description -> Text,
        permissions -> Text,
        reach -> SmallInt,
        tickets -> SmallInt,
        created_at -> BigInt,
        version -> BigInt,
    }
}

table! {
    custom_fields (id) {
        id -> BigInt,
        name -> Text,
        kind -> Text,
        audience -> Text,
        staff_only -> Bool,
        required -> Bool,
        label_en -> Text,
        label_zh -> Text,
        help_en -> Text,
        help_zh -> Text,
        initial -> Text,
        choices -> Text,
        pattern -> Text,
        place -> BigInt,
        retired -> Bool,
        created_at -> BigInt,
        version -> BigInt,
    }
}

table! {
    field_values (person_id, field_id, place) {
        person_id -> BigInt,
        field_id -> BigInt,
        place -> SmallInt,
        value -> Text,
        value_key -> Text,
    }
}

table! {
    saved_views (id) {
        id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        name_key -> Text,
        query -> Text,
        created_at -> BigInt,
    }
}

table! {
    batches (id) { id -> BigInt, person_id -> BigInt, verb -> Text, value -> Text, at -> BigInt, undone -> Bool, }
}

table! {
    batch_changes (batch_id, person_id) { batch_id -> BigInt, person_id -> BigInt, before -> Text, after -> Text, }
}

table! {
    sign_in_failures (id) { id -> BigInt, person_id -> BigInt, at -> BigInt, address -> Text, device -> Text, }
}

table! { people_to_index (person_id) { person_id -> BigInt, } }

table! { avatars (hash) { hash -> Text, kind -> Text, bytes -> Binary, } }

joinable!(people -> organisations (organisation_id));
joinable!(people_tags -> tags (tag_id));
joinable!(people_groups -> groups (group_id));
joinable!(field_values -> custom_fields (field_id));
joinable!(people_groups -> people (person_id));
joinable!(people_tags -> people (person_id));
joinable!(agent_profiles -> people (person_id));
joinable!(agent_profiles -> custom_roles (custom_role_id));
allow_columns_to_appear_in_same_group_by_clause!(people_groups::group_id, people::role);
allow_tables_to_appear_in_same_query!(
    people,
    organisations,
    organisation_domains,
    people_groups,
    groups,
    people_tags,
    tags,
    passwords,
    audit_entries,
    agent_profiles,
    custom_roles,
    custom_fields,
    field_values,
);
