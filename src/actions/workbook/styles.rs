//! Which cells hold a moment: in a workbook that is a number with a style (ECMA-376 part 1, 18.8.30).
use super::parts::{Part, attribute};
use anyhow::{Result, ensure};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use quick_xml::events::Event;
use std::collections::HashMap;

/// As many styles of cells and formats of numbers as Excel allows, and more.
const MOST: usize = 1 << 16;

/// Whether each style of a cell, by its number, is that of a moment.
pub fn moments(part: Option<Part>) -> Result<Vec<bool>> {
    let Some(mut part) = part else { return Ok(vec![]) };
    let (mut own, mut styles, mut of_cells) = (HashMap::new(), vec![], false);
    loop {
        part.ended();
        ensure!(own.len() <= MOST && styles.len() <= MOST, "no workbook has so many styles");
        match part.next()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                b"numFmt" => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    own.insert(id, is_moment(&attribute(&element, "formatCode").unwrap_or_default()));
                }
                b"cellXfs" => of_cells = true,
                b"xf" if of_cells => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    let built_in = matches!(id.parse(), Ok(14..=22u32 | 27..=36 | 45..=47 | 50..=58));
                    styles.push(own.get(&id).copied().unwrap_or(built_in));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == b"cellXfs" => of_cells = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// Whether a format has a part for days or hours, outside of what it says as it is.
fn is_moment(format: &str) -> bool {
    let mut letters = format.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => drop(letters.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(letters.next()),
            '[' => {
                let inner: String = letters.by_ref().take_while(|c| *c != ']').collect();
                if inner.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's')) {
                    return true;
                }
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

/// Days since the workbook's beginning of time, as ISO 8601: a day, or a day and a time.
pub fn moment(days: f64, since_1904: bool) -> Option<String> {
    const EPOCHS: [Date; 2] = [date(1899, 12, 30), date(1904, 1, 1)];
    const DAY: f64 = 86_400.0;
    let seconds = (days * DAY).round();
    if !(0.0..=2_958_466.0 * DAY).contains(&seconds) {
        return None;
    }
    let start = EPOCHS[usize::from(since_1904)].at(0, 0, 0, 0);
    let at = start.checked_add((seconds as i64).seconds()).ok()?;
    Some(if seconds % DAY == 0.0 { at.date().to_string() } else { at.strftime("%Y-%m-%d %H:%M:%S").to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_numbers() {
        for format in ["yyyy-mm-dd", "d/m/yy h:mm", "[$-409]d-mmm-yy;@", "[h]:mm:ss", "mm:ss.0"] {
            assert!(is_moment(format), "{format}");
        }
        for format in ["General", "0.00", "#,##0 \"days\"", "0\\d", "[Red]0", "_-* #,##0_-", "@"] {
            assert!(!is_moment(format), "{format}");
        }
        assert_eq!(moment(45_000.0, false).as_deref(), Some("2023-03-15"));
        assert_eq!(moment(45_000.75, false).as_deref(), Some("2023-03-15 18:00:00"));
        assert_eq!(moment(43_538.0, true).as_deref(), Some("2023-03-15"));
        assert_eq!((moment(-1.0, false), moment(f64::NAN, false), moment(1e300, false)), (None, None, None));
    }
}
