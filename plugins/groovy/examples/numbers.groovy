def numbers = System.in.text.split().collect { it as long }.sort()
println(numbers.sum())
println(numbers.join(" "))
