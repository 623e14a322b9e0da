use std::fs::File;
use std::io::BufRead;

fn main() {
    for path in std::io::stdin().lock().lines() {
        match File::create(path.unwrap()) {
            Ok(_) => println!("written"),
            Err(_) => println!("refused"),
        }
    }
}
