use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let total = Arc::new(Mutex::new(0));
    let workers: Vec<_> = (1..=4)
        .map(|value| {
            let total = Arc::clone(&total);
            thread::spawn(move || *total.lock().unwrap() += value)
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    println!("{}", total.lock().unwrap());
}
