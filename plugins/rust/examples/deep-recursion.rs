fn depth(level: u64) -> u64 {
    let frame = [level; 16];
    // Read as if it could change, so that the recursion does not become a loop.
    let last = unsafe { std::ptr::read_volatile(&frame[15]) };
    depth(level + 1) + last
}

fn main() {
    println!("{}", depth(0));
}
