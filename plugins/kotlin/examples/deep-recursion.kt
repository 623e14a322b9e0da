fun depth(level: Int): Int = 1 + depth(level + 1)

fun main() {
    println(depth(0))
}
