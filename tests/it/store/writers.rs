//! Those who write at once: each all or nothing, whatever becomes of the others.
use crate::house::on_both;
use rollcall::domain::Error;
use rollcall::store::settings;
use std::panic::{AssertUnwindSafe, catch_unwind};

const WRITERS: usize = 12;
const WRITES: usize = 20;

#[test]
fn a_write_that_fails_or_panics_takes_no_other_along() {
    on_both(|house| {
        let write = |writer: usize| {
            for n in 0..WRITES {
                let name = format!("writer {writer} {n}");
                let outcome = catch_unwind(AssertUnwindSafe(|| {
                    house.app.db.write(|conn| {
                        settings::set(conn, &name, "half")?;
                        match (writer + n) % 4 {
                            0 => Err(Error::Forbidden("forbidden.role")),
                            1 if n % 5 == 0 => panic!("as it must not be"),
                            _ => settings::set(conn, &name, "whole"),
                        }
                    })
                }));
                match (writer + n) % 4 {
                    0 => assert!(matches!(outcome, Ok(Err(Error::Forbidden(_)))), "{name}: {outcome:?}"),
                    1 if n % 5 == 0 => assert!(outcome.is_err(), "{name}"),
                    _ => assert!(matches!(outcome, Ok(Ok(()))), "{name}: {outcome:?}"),
                }
            }
        };
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                scope.spawn(move || write(writer));
            }
        });
        for writer in 0..WRITERS {
            for n in 0..WRITES {
                let found = house.app.db.read(|conn| settings::get(conn, &format!("writer {writer} {n}"))).unwrap();
                let is_kept = (writer + n) % 4 != 0 && !((writer + n) % 4 == 1 && n % 5 == 0);
                assert_eq!(found, is_kept.then(|| "whole".to_owned()), "writer {writer} {n}");
            }
        }
    });
}
