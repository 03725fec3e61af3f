//! Work on many that two cores share.
use std::panic::resume_unwind;
use std::thread::scope;

/// Fewer are done before another thread has begun.
const MANY: usize = 64;

/// What comes of each, in order.
pub fn each<T: Sync, R: Send>(list: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if list.len() < MANY {
        return list.iter().map(work).collect();
    }
    let (first, rest) = list.split_at(list.len() / 2);
    scope(|scope| {
        let rest = scope.spawn(|| rest.iter().map(&work).collect::<Vec<R>>());
        let mut all: Vec<R> = first.iter().map(&work).collect();
        all.extend(rest.join().unwrap_or_else(|panic| resume_unwind(panic)));
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays_however_many_there_are() {
        for most in [0, 1, MANY - 1, MANY, 1_001] {
            let list: Vec<usize> = (0..most).collect();
            assert_eq!(each(&list, |n| n * 2), list.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic(expected = "the last one")]
    fn what_goes_wrong_is_not_swallowed() {
        each(&[0; 100].iter().enumerate().map(|(n, _)| n).collect::<Vec<_>>(), |n| assert!(*n < 99, "the last one"));
    }
}
