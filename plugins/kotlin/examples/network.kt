import java.io.IOException
import java.net.Socket

fun main() {
    try {
        Socket("127.0.0.1", readLine()!!.toInt())
        println("connected")
    } catch (exception: IOException) {
        println("refused")
    }
}
