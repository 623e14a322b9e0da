object Main {
  def main(arguments: Array[String]): Unit = while (true) println("all work and no play, all work and no play")
}
