import java.util.concurrent.atomic.AtomicInteger

fun main() {
    val total = AtomicInteger()
    val workers = (1..4).map { value -> Thread { total.addAndGet(value) } }
    workers.forEach { it.start() }
    workers.forEach { it.join() }
    println(total.get())
}
