import Glibc

while true {
    var thread = pthread_t()
    let failure = pthread_create(&thread, nil, { _ in sleep(60); return nil }, nil)
    if failure != 0 {
        fputs("pthread_create: \(String(cString: strerror(failure)))\n", stderr)
        exit(1)
    }
}
