//! Plain text at the door: bounded, without control characters.

/// One line: outer space trimmed, control characters become blanks; `max` characters at most.
pub fn line(raw: &str, max: usize) -> Result<String, &'static str> {
    let clean: String = raw.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    bounded(clean.trim(), max)
}

/// Several lines: line ends become `\n`, other control characters go; `max` characters at most.
pub fn lines(raw: &str, max: usize) -> Result<String, &'static str> {
    let unix = raw.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = unix.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    bounded(clean.trim(), max)
}

/// A small number that is not negative; nothing written counts as 0.
pub fn small_number(raw: &str) -> Result<i16, &'static str> {
    match raw.trim() {
        "" => Ok(0),
        digits => digits.parse().ok().filter(|n| *n >= 0).ok_or("number.malformed"),
    }
}

/// A language tag such as `en`, `zh-Hans` or `zh_cn`, kept as written.
pub fn language(raw: &str) -> Result<String, &'static str> {
    let raw = raw.trim();
    let part = |p: &str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    let fits = raw.len() <= 35 && raw.split(['-', '_']).all(part) && raw.starts_with(|c: char| c.is_ascii_alphabetic());
    if raw.is_empty() || fits { Ok(raw.into()) } else { Err("language.malformed") }
}

/// The name of a time zone in the IANA database, in its own spelling.
pub fn timezone(raw: &str) -> Result<String, &'static str> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(String::new());
    }
    let zone = jiff::tz::db().get(raw).map_err(|_| "timezone.unknown")?;
    zone.iana_name().map(str::to_owned).ok_or("timezone.unknown")
}

/// What separates names in a list; none of them may stand in the name of a group or a tag.
pub const SEPARATORS: [char; 6] = [';', ',', '，', '；', '、', '\n'];

/// Somebody wears so many tags and is in so many groups.
pub const MOST_NAMES: usize = 50;

/// Tags between separators, each once whatever its case; 50 at most of 50 characters.
pub fn tags(raw: &str) -> Result<Vec<String>, &'static str> {
    list(raw, 50).map_err(|key| if key == "text.too_long" { "tags.too_long" } else { "tags.too_many" })
}

/// Names between separators, each once whatever its case; 50 at most of 100 characters.
pub fn names(raw: &str) -> Result<Vec<String>, &'static str> {
    list(raw, 100)
}

fn list(raw: &str, longest: usize) -> Result<Vec<String>, &'static str> {
    let mut found: Vec<String> = vec![];
    for part in raw.split(SEPARATORS) {
        let name = line(part, longest)?;
        let key = super::fold(&name);
        if !key.is_empty() && !found.iter().any(|tag| super::fold(tag) == key) {
            found.push(name);
        }
    }
    found.sort_by_key(|name| super::fold(name));
    if found.len() > MOST_NAMES { Err("names.too_many") } else { Ok(found) }
}

/// One name that a list can hold: not blank, without separators.
pub fn name(raw: &str, max: usize) -> Result<String, &'static str> {
    let name = line(raw, max)?;
    match name.is_empty() {
        true => Err("name.blank"),
        false if name.contains(SEPARATORS) => Err("name.separator"),
        false => Ok(name),
    }
}

fn bounded(text: &str, max: usize) -> Result<String, &'static str> {
    if text.chars().count() > max { Err("text.too_long") } else { Ok(text.to_owned()) }
}
