//! What the program holds of the machine's memory.
use crate::house::{PASSWORD, on_both};
use crate::killed::serve;
use rollcall::domain::Role;

const AT_ONCE: usize = 8;
const EACH: usize = 8;

/// Private memory in MiB.
fn held(process: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("Anonymous:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

#[test]
fn hashed_passwords_leave_no_memory_behind() {
    on_both(|house| {
        let staff: Vec<_> = (0..AT_ONCE).map(|n| house.join(&format!("Ben {n}"), Role::Admin)).collect();
        let (mut child, url) = serve(house);
        let sign_in = |email: &str| {
            let client = house.stranger().at(&url);
            for _ in 0..EACH {
                assert_eq!(client.post("/login", &[("login", email), ("password", PASSWORD)]).status, 303);
            }
        };
        sign_in(staff[0].fields.email.as_ref().unwrap().as_str());
        let before = held(child.id());
        std::thread::scope(|scope| {
            for one in &staff {
                scope.spawn(|| sign_in(one.fields.email.as_ref().unwrap().as_str()));
            }
        });
        let after = held(child.id());
        child.kill().unwrap();
        child.wait().unwrap();
        // One hash takes 19 MiB.
        assert!(after < before + 48, "{before} MiB became {after} MiB");
    });
}
