//! Going on in a sorted list from a letter, a day or a value.
use crate::domain::custom::FieldKind;
use crate::domain::{Catalogue, Column, Cursor, Error, Mark, Result, Sort, fold};
use crate::panel::dates::Dates;

/// What the place of a list in some order is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Letters,
    Day,
    Number,
}

/// Nothing for orders in which nobody looks for a place.
pub fn place(sort: &Sort, catalogue: &Catalogue) -> Option<Place> {
    Some(match &sort.column {
        Column::Name | Column::Organisation => Place::Letters,
        Column::Seen | Column::Created | Column::Changed => Place::Day,
        Column::Field { name, .. } => match catalogue.named(name)?.kind {
            FieldKind::Date => Place::Day,
            FieldKind::Number => Place::Number,
            FieldKind::YesNo => return None,
            _ => Place::Letters,
        },
        _ => return None,
    })
}

/// Just before whatever has this place, whichever way the list goes.
pub fn cursor(raw: &str, sort: &Sort, catalogue: &Catalogue, dates: &Dates) -> Result<Cursor> {
    let refused = || Error::Malformed("filter.cursor");
    let place = place(sort, catalogue).ok_or_else(refused)?;
    // Downwards, everything that begins so comes behind.
    let text = |key: String| if sort.descending { format!("{key}{}", char::MAX) } else { key };
    let mark = match &sort.column {
        Column::Field { name, .. } => {
            let field = catalogue.named(name).ok_or_else(refused)?;
            let key = match place {
                Place::Letters => fold(raw),
                _ => field.parse(raw).map(|value| field.key(&value)).map_err(Error::Malformed)?,
            };
            Mark::Text(format!("={}", text(key)))
        }
        _ if place == Place::Letters => Mark::Text(text(fold(raw))),
        _ => {
            let day = if sort.descending { dates.day_end(raw) } else { dates.day_start(raw) };
            Mark::Number(day.ok_or(Error::Malformed("filter.day"))?.micros())
        }
    };
    Ok(Cursor { order: sort.to_string(), mark, id: 0 })
}
