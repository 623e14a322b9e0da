object Main {
  def share(total: Int, count: Int): Int =
    total / count

  def main(arguments: Array[String]): Unit = {
    println("before")
    println(share(1, arguments.length))
  }
}
