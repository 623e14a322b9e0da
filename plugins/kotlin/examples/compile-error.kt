fun main() {
    val total: Int = "text"
    println(total)
}
