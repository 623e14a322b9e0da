fn add(left: i32, right: i32) -> i32 {
    left + right
}

#[test]
fn adds() {
    println!("before");
    assert_eq!(add(1, 2), 4);
}
