//! Office Open XML workbooks (.xlsx) as tables of text: row by row in both directions, never in memory as a whole.
mod book;
mod parts;
mod sheet;
mod strings;
mod styles;
mod written;

pub use book::Book;
pub use written::Writer;

/// A sheet may have so many rows (ECMA-376 sets no bound; Excel does).
const MOST_ROWS: u32 = 1 << 20;

/// The number of a column from the letters that a cell's place begins with: 0 for `A7`.
fn column(place: &[u8]) -> Option<usize> {
    let letters = place.iter().take_while(|byte| byte.is_ascii_uppercase());
    let number = letters.fold(0usize, |sum, byte| sum.saturating_mul(26).saturating_add(usize::from(byte - b'A') + 1));
    number.checked_sub(1)
}

/// The letters of a column from its number.
fn letters(mut column: usize) -> String {
    let mut letters = vec![];
    loop {
        letters.push(b'A' + (column % 26) as u8);
        match (column / 26).checked_sub(1) {
            Some(rest) => column = rest,
            None => break,
        }
    }
    letters.iter().rev().map(|byte| char::from(*byte)).collect()
}

/// What XML cannot say stands as `_x0007_`, and so does the beginning of what looks like that.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            '_' if code(&text[at..]).is_some() => out.push_str("_x005F_"),
            c if c.is_control() && c.is_ascii() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push_str(&format!("_x{:04X}_", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// The text as it was before it was [`escaped`] for a cell; XML's own marks are read by then.
fn unescaped(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        match code(found) {
            Some(c) => {
                out.push(c);
                rest = &found[7..];
            }
            None => {
                out.push_str("_x");
                rest = &found[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that a text begins with as `_x0041_`.
fn code(text: &str) -> Option<char> {
    let code = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    code.bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(code, 16).ok())?
        .and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_by_letters() {
        for (number, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!((letters(number).as_str(), column(format!("{name}12").as_bytes())), (name, Some(number)));
        }
        assert_eq!(column(b"12"), None);
    }

    #[test]
    fn what_xml_cannot_say_comes_back() {
        for text in [
            "",
            "plain",
            "a\u{7}b",
            "_x0041_",
            "__x005F_x0041_",
            "_x",
            "_x00",
            "_xZZZZ_",
            "tab\tline\r\n",
            "王\u{ffff}",
        ] {
            let written = escaped(text);
            assert!(written.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n')), "{written:?}");
            assert_eq!(unescaped(&written.replace("&amp;", "&")), text);
        }
    }
}
