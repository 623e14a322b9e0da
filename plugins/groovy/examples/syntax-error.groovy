def total = 0
[1, 2].each {
    total += ) it
}
println total
