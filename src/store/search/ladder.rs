//! PostgreSQL's index has nobody in order. Ranges of numbers are pieces of their own in it, so that it is asked for one
//! range after the other and no further than a page needs: small ranges for what many hold, large ones for what few do.

/// By how many bits a number is shifted to be that of its range, and how many ranges come before those of this size.
const SIZES: [(u32, usize); 4] = [(19, 6), (16, 3), (13, 1), (10, 0)];

/// The ranges that hold this number, as pieces. No piece of a word has a blank.
pub fn of(id: i64) -> impl Iterator<Item = String> {
    SIZES.into_iter().map(move |(shift, _)| named(shift, id))
}

/// The ranges from this number down to the first, largest numbers first.
pub fn down(from: i64) -> Vec<String> {
    let (mut ranges, mut above) = (vec![], from.max(0) + 1);
    while above > 0 {
        let shift = size_at(above, ranges.len());
        ranges.push(named(shift, above - 1));
        above = ((above - 1) >> shift) << shift;
    }
    ranges
}

/// The ranges from this number up to the last, smallest numbers first.
pub fn up(from: i64, last: i64) -> Vec<String> {
    let (mut ranges, mut at) = (vec![], from.max(0));
    while at <= last {
        let shift = size_at(at, ranges.len());
        ranges.push(named(shift, at));
        at = ((at >> shift) + 1) << shift;
    }
    ranges
}

/// The largest that begins, or ends, here; the smallest where none does.
fn size_at(at: i64, before: usize) -> u32 {
    let fits = |(shift, after): &&(u32, usize)| before >= *after && at % (1 << shift) == 0;
    SIZES.iter().find(fits).map_or(SIZES[SIZES.len() - 1].0, |(shift, _)| *shift)
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
    fn ranges_lie_side_by_side_and_leave_nobody_out() {
        for last in [0, 1, 1023, 1024, 100_000, 1_000_001, 30_000_000] {
            let (all, upwards) = (down(last), up(0, last));
            assert!(all.len() < 110 && upwards.len() < 110, "{last}: {}", all.len());
            assert!(bounds(&all[0]).0 <= last && bounds(&all[0]).1 >= last);
            assert_eq!(bounds(all.last().unwrap()).0, 0);
            assert!(all.windows(2).all(|two| bounds(&two[0]).0 == bounds(&two[1]).1 + 1), "{all:?}");
            assert!(bounds(upwards.last().unwrap()).1 >= last);
            assert!(upwards.windows(2).all(|two| bounds(&two[0]).1 + 1 == bounds(&two[1]).0), "{upwards:?}");
            assert!(of(last).any(|range| range == all[0]));
        }
    }
}
