def share(total, count) {
    total.intdiv(count)
}

println "before"
println share(1, args.length)
