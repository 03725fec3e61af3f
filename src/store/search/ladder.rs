//! PostgreSQL's index has nobody in order. Ranges of numbers are pieces of their own in it, so that it is asked for one
//! range after the other and no further than a page needs: small ranges for what many hold, large ones for what few do.
//! A range may reach over those before it; whoever stands there is left out by their number.

/// By how many bits a number is shifted to be that of its range, and how many ranges come before those of this size.
const SIZES: [(u32, usize); 4] = [(19, 12), (16, 3), (13, 1), (10, 0)];

/// The ranges that hold this number, as pieces. No piece of a word has a blank.
pub fn of(id: i64) -> impl Iterator<Item = String> {
    SIZES.into_iter().map(move |(shift, _)| named(shift, id))
}

/// A range, and the number at which what came before it ends.
pub type Step = (String, i64);

/// The ranges of all numbers below this one, largest numbers first: of each those below its step's number.
pub fn down(below: i64) -> Vec<Step> {
    let (mut steps, mut end) = (vec![], below);
    while end > 0 {
        let shift = size(steps.len());
        steps.push((named(shift, end - 1), end));
        end = ((end - 1) >> shift) << shift;
    }
    steps
}

/// The ranges of all numbers from this one to the last, smallest numbers first: of each those from its step's number on.
pub fn up(from: i64, last: i64) -> Vec<Step> {
    let (mut steps, mut at) = (vec![], from.max(0));
    while at <= last {
        let shift = size(steps.len());
        steps.push((named(shift, at), at));
        at = ((at >> shift) + 1) << shift;
    }
    steps
}

fn size(before: usize) -> u32 {
    SIZES.iter().find(|(_, after)| before >= *after).map_or(0, |(shift, _)| *shift)
}

fn named(shift: u32, id: i64) -> String {
    format!("{shift} {}", id >> shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From and to, including both.
    fn bounds(range: &str) -> (i64, i64) {
        let (shift, number) = range.split_once(' ').unwrap();
        let (shift, number): (u32, i64) = (shift.parse().unwrap(), number.parse().unwrap());
        (number << shift, ((number + 1) << shift) - 1)
    }

    #[test]
    fn steps_leave_nobody_out_and_take_nobody_twice() {
        for last in [0, 1, 1023, 1024, 100_000, 1_000_001, 30_000_000] {
            let (all, upwards) = (down(last + 1), up(0, last));
            assert!(all.len() < 80 && upwards.len() < 80, "{last}: {}", all.len());
            let mut end = last + 1;
            for (range, below) in &all {
                let (from, until) = bounds(range);
                assert!(*below == end && from < end && until >= end - 1, "{all:?}");
                assert!(of(end - 1).any(|one| one == *range), "{range} is in no index");
                end = from;
            }
            assert_eq!(end, 0);
            let mut begin = 0;
            for (range, at) in &upwards {
                let (from, until) = bounds(range);
                assert!(*at == begin && from <= begin && until >= begin, "{upwards:?}");
                begin = until + 1;
            }
            assert!(begin > last);
        }
        assert!(down(0).is_empty() && up(1, 0).is_empty());
    }
}
