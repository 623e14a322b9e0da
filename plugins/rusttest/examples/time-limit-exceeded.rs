#[test]
fn loops() {
    let mut i = 0u64;
    while unsafe { std::ptr::read_volatile(&i) } < u64::MAX {
        i = (i + 1) % 1000;
    }
}
