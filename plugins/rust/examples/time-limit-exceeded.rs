fn main() {
    let mut value: u64 = 0;
    loop {
        value = value.wrapping_mul(6364136223846793005).wrapping_add(1);
        if value == 0 {
            println!("round");
        }
    }
}
