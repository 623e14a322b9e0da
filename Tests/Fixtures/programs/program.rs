// Weighs the numbers of its input.
use std::io::Read;

const LIMIT: i64 = 10;
const START: i64 = 5;
const STEPS: [i64; 2] = [4, 7];

fn weigh(value: i64, factor: i64) -> i64 {
    // The even ones count more.
    let mut total = -START;
    if value % 2 == 0 && value < LIMIT {
        total += value * factor;
    } else {
        total -= value + factor;
    }
    total
}

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let numbers: Vec<i64> = text.split_whitespace().map(|word| word.parse().unwrap()).collect();
    let mut result = 0;
    for number in &numbers {
        result += weigh(*number, STEPS[0]);
    }
    println!("result {}", result);
    println!("share {}", result / numbers.len() as i64);
}
