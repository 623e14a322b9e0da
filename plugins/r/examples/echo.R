for (argument in commandArgs(trailingOnly = TRUE)) {
  cat(argument, "\n", sep = "")
}
input <- file("stdin", open = "r")
writeLines(readLines(input, warn = FALSE))
