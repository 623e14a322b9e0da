use std::io::{self, BufRead, Write};

fn main() {
    let mut out = io::BufWriter::new(io::stdout());
    for argument in std::env::args().skip(1) {
        writeln!(out, "{}", argument).unwrap();
    }
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", line.unwrap()).unwrap();
    }
}
