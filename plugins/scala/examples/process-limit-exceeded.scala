object Main {
  def main(arguments: Array[String]): Unit =
    for (_ <- 1 to 200) {
      val thread = new Thread(new Runnable { def run(): Unit = Thread.sleep(60000) })
      thread.setDaemon(true)
      thread.start()
    }
}
