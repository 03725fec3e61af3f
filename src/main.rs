fn main() -> std::process::ExitCode {
    share_heaps();
    rollcall::cli::run()
}

/// With a heap for each of its threads, glibc keeps twice the memory: what one has freed no other takes. Nor does it give
/// back what was large, such as the 19 MiB of each password that is hashed, once it puts that into a heap, too.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn share_heaps() {
    const LARGE: libc::c_int = 1 << 20;
    // Sound: numbers are set before there is a second thread.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 2);
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn share_heaps() {}
