object Main {
  def depth(level: Int): Int = 1 + depth(level + 1)

  def main(arguments: Array[String]): Unit = println(depth(0))
}
