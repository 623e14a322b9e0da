fn main() {
    let value: i32 = "text";
    println!("{}", value);
}
