object Main extends App {
  val total: Int = "text"
  println(total)
}
