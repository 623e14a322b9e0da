fun main() {
    repeat(200) {
        val thread = Thread { Thread.sleep(60_000) }
        thread.isDaemon = true
        thread.start()
    }
}
