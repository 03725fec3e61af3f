//! A place in a sorted list, to go on from: the sort value of a row and its id.
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    Number(i64),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// The order it belongs to; it means nothing in another.
    pub order: String,
    pub mark: Mark,
    pub id: i64,
}

/// Which way to read on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Turn {
    #[default]
    First,
    After(Cursor),
    Before(Cursor),
}

impl Turn {
    /// Whether a page read this way is the first and whether it is the last, when there was `more` beyond it.
    pub fn ends(&self, more: bool) -> (bool, bool) {
        match self {
            Self::First => (true, !more),
            Self::After(_) => (false, !more),
            Self::Before(_) => (!more, false),
        }
    }
}

/// A page of a list in its order, and where to go on from it both ways.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub list: Vec<T>,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

impl Turn {
    /// The page of what was read in the order walked, one more than `size` when there is more.
    pub fn page<T>(&self, mut list: Vec<T>, size: usize, cursor: impl Fn(&T) -> Cursor) -> Page<T> {
        let more = list.len() > size;
        list.truncate(size);
        if matches!(self, Self::Before(_)) {
            list.reverse();
        }
        let (is_start, is_end) = self.ends(more);
        let before = list.first().filter(|_| !is_start).map(&cursor);
        let after = list.last().filter(|_| !is_end).map(&cursor);
        Page { list, before, after }
    }
}

impl Cursor {
    pub fn parse(raw: &str, order: &str) -> Option<Self> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(raw).ok()?).ok()?;
        let mut parts = plain.splitn(4, '\n');
        let (found, id, kind, value) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
        let mark = match kind {
            "n" => Mark::Number(value.parse().ok()?),
            "t" if !value.contains(char::is_control) => Mark::Text(value.to_owned()),
            _ => return None,
        };
        (found == order).then(|| Self { order: order.into(), mark, id })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (kind, value) = match &self.mark {
            Mark::Number(n) => ("n", n.to_string()),
            Mark::Text(text) => ("t", text.clone()),
        };
        let plain = format!("{}\n{}\n{kind}\n{value}", self.order, self.id);
        f.write_str(&URL_SAFE_NO_PAD.encode(plain))
    }
}
