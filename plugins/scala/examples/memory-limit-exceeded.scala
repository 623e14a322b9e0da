object Main {
  def main(arguments: Array[String]): Unit = {
    var kept = List.empty[Array[Byte]]
    while (true) kept = new Array[Byte](1 << 20) :: kept
  }
}
