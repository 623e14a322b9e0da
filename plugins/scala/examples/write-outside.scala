import java.io.{FileOutputStream, IOException}
import scala.io.Source

object Main {
  def main(arguments: Array[String]): Unit =
    Source.fromInputStream(System.in).getLines.foreach { path =>
      try {
        new FileOutputStream(path).close()
        println("written")
      } catch {
        case _: IOException => println("refused")
      }
    }
}
