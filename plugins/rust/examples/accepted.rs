use std::io::Read;

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let mut values = text.split_whitespace().map(|word| word.parse::<usize>().unwrap());
    let count = values.next().unwrap();
    println!("{}", values.take(count).sum::<usize>());
}
