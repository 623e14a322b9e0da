for (path in readLines(file("stdin"))) {
  result <- tryCatch({
    close(file(path, open = "w"))
    "written"
  }, error = function(problem) "refused", warning = function(problem) "refused")
  cat(result, "\n", sep = "")
}
