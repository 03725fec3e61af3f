//! Wording instants in the reader's zone and language.
use crate::domain::{Time, time::days};
use crate::words::Language;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Whose calendar it is.
#[derive(Debug, Clone)]
pub struct Dates {
    pub language: Language,
    pub zone: TimeZone,
    pub now: Time,
}

impl Dates {
    /// `21 Dec 2026`, in Chinese `2026-12-21`.
    pub fn date(&self, time: &Time) -> String {
        let pattern = if self.language == Language::English { "%-d %b %Y" } else { "%Y-%m-%d" };
        self.zoned(time).strftime(pattern).to_string()
    }

    /// The day of an instant as `2026-11-21`, in any language.
    pub fn iso_day(&self, time: &Time) -> String {
        self.zoned(time).strftime("%Y-%m-%d").to_string()
    }

    /// A day written `2026-11-21`, as this reader writes days.
    pub fn day(&self, raw: &str) -> String {
        let pattern = if self.language == Language::English { "%-d %b %Y" } else { "%Y-%m-%d" };
        day(raw).map_or_else(|| raw.to_owned(), |day| day.strftime(pattern).to_string())
    }

    /// `16:34`.
    pub fn clock(&self, time: &Time) -> String {
        self.zoned(time).strftime("%H:%M").to_string()
    }

    /// `21 Dec 2026, 16:34:07 +08:00`: for titles and the history.
    pub fn exact(&self, time: &Time) -> String {
        let english = self.language == Language::English;
        let pattern = if english { "%-d %b %Y, %H:%M:%S %:z" } else { "%Y-%m-%d, %H:%M:%S %:z" };
        self.zoned(time).strftime(pattern).to_string()
    }

    /// How long ago, up to a week; then the date.
    pub fn ago(&self, time: &Time) -> String {
        let age = self.now.since(*time);
        let seconds = age.as_secs() as i64;
        let words = |key: &str, n: i64| self.language.count(key, n, &n.to_string());
        match seconds {
            _ if age >= days(7) => self.date(time),
            ..60 => self.language.say("time.now"),
            60..3_600 => words("time.minutes", seconds / 60),
            3_600..86_400 => words("time.hours", seconds / 3_600),
            _ => words("time.days", seconds / 86_400),
        }
    }

    /// The first instant of a day written `2026-11-21` in the reader's zone.
    pub fn day_start(&self, raw: &str) -> Option<Time> {
        day(raw).map(|day| self.start(day))
    }

    /// The first instant of the day after.
    pub fn day_end(&self, raw: &str) -> Option<Time> {
        day(raw).map(|day| self.start(day.tomorrow().unwrap_or(day)))
    }

    /// The last days that can be written begin at the end of all time.
    fn start(&self, day: Date) -> Time {
        let start = day.to_zoned(self.zone.clone()).map_or(Timestamp::MAX, |start| start.timestamp());
        Time::from_micros(start.as_microsecond())
    }

    fn zoned(&self, time: &Time) -> Zoned {
        timestamp(time).to_zoned(self.zone.clone())
    }
}

/// As it is written here and in forms: nothing shorter, and no time of the day.
fn day(raw: &str) -> Option<Date> {
    raw.parse().ok().filter(|day: &Date| day.to_string() == raw)
}

/// The time zones that a form offers.
pub fn zones() -> Vec<String> {
    let named = jiff::tz::db().available().map(|name| name.to_string());
    named.filter(|name| name.contains('/') && !name.starts_with("Etc/")).collect()
}

fn timestamp(time: &Time) -> Timestamp {
    Timestamp::from_microsecond(time.micros()).unwrap_or(Timestamp::UNIX_EPOCH)
}
