numbers <- sort(scan(file("stdin"), quiet = TRUE))
cat(format(sum(numbers), scientific = FALSE), "\n", sep = "")
cat(format(numbers, scientific = FALSE, trim = TRUE))
cat("\n")
