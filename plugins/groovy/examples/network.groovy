def port = System.in.text.trim() as int
try {
    new Socket("127.0.0.1", port)
    println "connected"
} catch (IOException exception) {
    println "refused"
}
