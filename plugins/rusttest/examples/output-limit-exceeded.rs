#[test]
fn floods() {
    loop {
        println!("all work and no play, all work and no play");
    }
}
