add <- function(value) {
  value + 1
}

cat("before\n")
add("text")
