import java.io.PrintStream

fun main(arguments: Array<String>) {
    val output = PrintStream(System.out, false, "UTF-8")
    arguments.forEach { output.println(it) }
    System.`in`.bufferedReader(Charsets.UTF_8).forEachLine { output.println(it) }
    output.flush()
}
