//! What was said about a ticket.
use crate::domain::ticket::Comment;
use crate::domain::{PersonId, Result, Time};
use crate::store::schema::ticket_comments;
use crate::store::{BATCH, Conn, each_backend};
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = ticket_comments)]
struct Row {
    id: i64,
    author_id: Option<i64>,
    author_label: String,
    is_public: bool,
    body: String,
    created_at: i64,
}

impl From<Row> for Comment {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            author: row.author_id.map(PersonId),
            author_label: row.author_label,
            is_public: row.is_public,
            body: row.body,
            created_at: Time::from_micros(row.created_at),
        }
    }
}

/// The latest `most`, oldest first; notes only for whoever may read them.
pub fn of(conn: &mut Conn, ticket: i64, with_notes: bool, most: i64) -> Result<Vec<Comment>> {
    let mut query = ticket_comments::table.filter(ticket_comments::ticket_id.eq(ticket)).into_boxed();
    if !with_notes {
        query = query.filter(ticket_comments::is_public.eq(true));
    }
    let rows: Vec<Row> = query.order(ticket_comments::id.desc()).limit(most).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().rev().map(Comment::from).collect())
}

/// Adds comments to tickets; their ids are made here.
pub fn add(conn: &mut Conn, new: &[(i64, Comment)]) -> Result<()> {
    use ticket_comments as c;
    let rows: Vec<_> = new
        .iter()
        .map(|(ticket, one)| {
            (
                c::ticket_id.eq(*ticket),
                c::author_id.eq(one.author.map(|id| id.0)),
                c::author_label.eq(&one.author_label),
                c::is_public.eq(one.is_public),
                c::body.eq(&one.body),
                c::created_at.eq(one.created_at.micros()),
            )
        })
        .collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(ticket_comments::table).values(part).execute(c))?;
    }
    Ok(())
}
