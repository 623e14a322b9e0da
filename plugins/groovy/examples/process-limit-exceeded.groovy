200.times {
    def thread = new Thread({ Thread.sleep(60000) })
    thread.daemon = true
    thread.start()
}
