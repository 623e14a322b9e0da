System.in.eachLine { path ->
    try {
        new File(path).text = ""
        println "written"
    } catch (IOException exception) {
        println "refused"
    }
}
