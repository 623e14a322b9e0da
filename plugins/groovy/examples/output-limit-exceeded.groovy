while (true) {
    println "all work and no play, all work and no play"
}
