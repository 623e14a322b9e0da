use std::net::TcpStream;

fn main() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let port: u16 = line.trim().parse().unwrap();
    match TcpStream::connect(("127.0.0.1", port)) {
        Ok(_) => println!("connected"),
        Err(_) => println!("refused"),
    }
}
