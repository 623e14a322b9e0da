import java.io.PrintStream
import scala.io.{Codec, Source}

object Main {
  def main(arguments: Array[String]): Unit = {
    val output = new PrintStream(System.out, false, "UTF-8")
    arguments.foreach(argument => output.println(argument))
    Source.fromInputStream(System.in)(Codec.UTF8).getLines.foreach(line => output.println(line))
    output.flush()
  }
}
