import kotlin.system.exitProcess

fun main() {
    exitProcess(7)
}
