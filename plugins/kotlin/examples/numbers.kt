fun main() {
    val words = System.`in`.bufferedReader().readText().split(' ', '\n').filter { it.isNotEmpty() }
    val numbers = words.map { it.toLong() }.sorted()
    println(numbers.sum())
    println(numbers.joinToString(" "))
}
