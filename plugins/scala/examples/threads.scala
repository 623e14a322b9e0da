import java.util.concurrent.atomic.AtomicInteger

object Main {
  def main(arguments: Array[String]): Unit = {
    val total = new AtomicInteger
    val workers = (1 to 4).map(value => new Thread(new Runnable { def run(): Unit = total.addAndGet(value) }))
    workers.foreach(_.start())
    workers.foreach(_.join())
    println(total.get)
  }
}
