//! Phone numbers, however they are typed.

/// A number has so many digits; what has fewer may be anything.
const LEAST: usize = 7;

fn digits(word: &str) -> String {
    word.chars().filter(char::is_ascii_digit).collect()
}

/// Whether it has nothing but what stands in phone numbers.
pub fn is_of_phone(word: &str) -> bool {
    let is_hyphen = |c| ('\u{2010}'..='\u{2015}').contains(&c) || c == '\u{2212}';
    word.chars().all(|c| c.is_ascii_digit() || "+-.()/".contains(c) || is_hyphen(c))
}

/// The digits alone of what must be a number.
pub fn as_phone(word: &str) -> String {
    let digits = digits(word);
    if is_of_phone(word) && digits.len() >= LEAST { digits } else { word.to_owned() }
}

/// The words of a run that is all of phone numbers or of none. Together they are a number with blanks between its
/// parts; a 0 in brackets, which is dialled at home alone, is not kept behind a country.
pub fn plain(run: &[&str]) -> Vec<String> {
    let is_number =
        run.iter().all(|word| is_of_phone(word)) && run.iter().map(|word| digits(word).len()).sum::<usize>() >= LEAST;
    let part = |word: &&str| match word.strip_prefix("(0").filter(|_| run[0].starts_with('+')) {
        Some(rest) => digits(rest),
        None => digits(word),
    };
    match is_number {
        true => run.iter().map(part).filter(|part| !part.is_empty()).collect(),
        false => run.iter().map(|word| as_phone(word)).collect(),
    }
}
