//! How people look in a list when they have no picture, and in which script their names are.
use crate::domain::Person;

/// One to eight, the same for ever.
pub fn hue(person: &Person) -> i64 {
    person.id.0.rem_euclid(8) + 1
}

/// The family name of a Chinese name, else the first letters of the first and the last word.
pub fn initials(label: &str) -> String {
    let mut words = label
        .split(|c: char| c.is_whitespace() || c == '@')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let han = first.is_some_and(is_han);
    let last = words.next_back().filter(|_| !han && !label.contains('@'));
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Chinese sets a blank between Han and Latin, but none between Han and Han.
pub fn close_up(said: &str, name: &str) -> String {
    let mut said = said.to_owned();
    if name.starts_with(is_han) {
        said = said.replace(&format!(" {name}"), name);
    }
    if name.ends_with(is_han) {
        said = said.replace(&format!("{name} "), name);
    }
    said
}
