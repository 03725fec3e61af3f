fn main() -> std::process::ExitCode {
    share_heaps();
    rollcall::cli::run()
}

/// Threads that share a heap wait for each other, which a page of many clients and an import feel; with a heap for each,
/// what one has freed no other takes. What is free at a heap's end stays for the next who asks, but what was large, such
/// as the 19 MiB of each password that is hashed, goes back at once: it comes into no heap.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn share_heaps() {
    const HEAPS: libc::c_int = 8;
    const LARGE: libc::c_int = 1 << 20;
    const KEPT: libc::c_int = 4 << 20;
    // Sound: numbers are set before there is a second thread.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, HEAPS);
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        libc::mallopt(libc::M_TRIM_THRESHOLD, KEPT);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn share_heaps() {}
