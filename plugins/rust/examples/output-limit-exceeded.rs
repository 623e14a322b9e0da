fn main() {
    loop {
        println!("all work and no play");
    }
}
