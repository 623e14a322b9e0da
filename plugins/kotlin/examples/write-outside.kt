import java.io.File
import java.io.IOException

fun main() {
    generateSequence(::readLine).forEach { path ->
        try {
            File(path).writeText("")
            println("written")
        } catch (exception: IOException) {
            println("refused")
        }
    }
}
