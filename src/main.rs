fn main() -> std::process::ExitCode {
    share_heaps();
    rollcall::cli::run()
}

/// With a heap for each of its threads, glibc keeps twice the memory: what one has freed no other takes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn share_heaps() {
    // Sound: a number is set before there is a second thread.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, 2) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn share_heaps() {}
