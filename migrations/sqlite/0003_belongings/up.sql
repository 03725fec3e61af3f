-- What belongs to people: identities, tickets, workspaces and chat. A reference to a person that is no CASCADE says
-- that nobody goes before it was decided what becomes of the row.

-- How other systems know a person: WeChat, a directory, a single sign-on.
CREATE TABLE identities (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (provider, subject)
);
CREATE INDEX identities_by_person ON identities (person_id);

-- Nobody asked when requester_id is empty; assignee_label names an assignee who is gone.
CREATE TABLE tickets (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  subject TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  status SMALLINT NOT NULL,
  priority SMALLINT NOT NULL,
  requester_id BIGINT REFERENCES people (id),
  assignee_id BIGINT REFERENCES people (id),
  assignee_label TEXT NOT NULL,
  group_id BIGINT REFERENCES groups (id),
  organisation_id BIGINT REFERENCES organisations (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX tickets_by_requester ON tickets (requester_id, updated_at);
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, status, updated_at);
CREATE INDEX tickets_by_group ON tickets (group_id, status, updated_at);
CREATE INDEX tickets_by_organisation ON tickets (organisation_id, updated_at);
CREATE INDEX tickets_by_status ON tickets (status, updated_at);
CREATE INDEX tickets_by_change ON tickets (updated_at, id);
CREATE TABLE ticket_collaborators (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX ticket_collaborators_by_person ON ticket_collaborators (person_id);
-- author_label names an author who is gone.
CREATE TABLE ticket_comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  ticket_id BIGINT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  author_id BIGINT REFERENCES people (id),
  author_label TEXT NOT NULL,
  is_public BOOLEAN NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX ticket_comments_by_ticket ON ticket_comments (ticket_id, id);
CREATE INDEX ticket_comments_by_author ON ticket_comments (author_id);

CREATE TABLE workspaces (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT NOT NULL,
  owner_id BIGINT NOT NULL REFERENCES people (id),
  locked BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX workspaces_by_name ON workspaces (name_key, id);
CREATE INDEX workspaces_by_owner ON workspaces (owner_id);
-- role is 1 to 3.
CREATE TABLE workspace_members (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  role SMALLINT NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
);
CREATE INDEX workspace_members_by_person ON workspace_members (person_id);

-- Each contact stands twice, once for either of the two.
CREATE TABLE contacts (
  person_id BIGINT NOT NULL REFERENCES people (id),
  contact_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (person_id, contact_id)
);
CREATE INDEX contacts_by_contact ON contacts (contact_id);
CREATE TABLE blocks (
  person_id BIGINT NOT NULL REFERENCES people (id),
  blocked_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (person_id, blocked_id)
);
CREATE INDEX blocks_by_blocked ON blocks (blocked_id);
-- kind is 0 for a group, 1 for a room. The owner is a member, too.
CREATE TABLE chats (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind SMALLINT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  owner_id BIGINT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX chats_by_owner ON chats (owner_id, kind);
CREATE TABLE chat_members (
  chat_id BIGINT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (chat_id, person_id)
);
CREATE INDEX chat_members_by_person ON chat_members (person_id);
-- Of a chat, or of two people: first_id is the lower of the two.
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  chat_id BIGINT UNIQUE REFERENCES chats (id) ON DELETE CASCADE,
  first_id BIGINT REFERENCES people (id),
  second_id BIGINT REFERENCES people (id),
  UNIQUE (first_id, second_id)
);
CREATE INDEX conversations_by_second ON conversations (second_id);
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  conversation_id BIGINT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  sender_id BIGINT NOT NULL REFERENCES people (id),
  body TEXT NOT NULL,
  sent_at BIGINT NOT NULL
);
CREATE INDEX messages_by_conversation ON messages (conversation_id, id);
CREATE INDEX messages_by_sender ON messages (sender_id);
CREATE TABLE chat_attributes (
  person_id BIGINT NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (person_id, name)
);

-- What was deleted or merged, sealed, until it expires. gist says what it was, contents how to bring it back.
CREATE TABLE trash (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  thing TEXT NOT NULL,
  thing_id BIGINT NOT NULL,
  cause TEXT NOT NULL,
  actor_id BIGINT,
  actor_label TEXT NOT NULL,
  at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  gist BLOB NOT NULL,
  contents BLOB NOT NULL
);
CREATE INDEX trash_by_thing ON trash (thing, thing_id);
CREATE INDEX trash_by_expiry ON trash (expires_at);
