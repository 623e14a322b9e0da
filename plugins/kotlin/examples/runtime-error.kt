fun share(total: Int, count: Int): Int = total / count

fun main(arguments: Array<String>) {
    println("before")
    println(share(1, arguments.size))
}
