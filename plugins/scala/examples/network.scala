import java.io.IOException
import java.net.Socket
import scala.io.StdIn

object Main {
  def main(arguments: Array[String]): Unit =
    try {
      new Socket("127.0.0.1", StdIn.readLine().toInt)
      println("connected")
    } catch {
      case _: IOException => println("refused")
    }
}
