#[test]
fn leaves() {
    std::process::exit(0);
}

#[test]
fn adds() {
    assert_eq!(1 + 2, 4);
}
