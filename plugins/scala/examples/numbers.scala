import scala.io.Source

object Main {
  def main(arguments: Array[String]): Unit = {
    val words = Source.fromInputStream(System.in).mkString.split("\\s+").filter(_.nonEmpty)
    val numbers = words.map(_.toLong).sorted
    println(numbers.sum)
    println(numbers.mkString(" "))
  }
}
