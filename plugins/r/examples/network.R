port <- scan(file("stdin"), quiet = TRUE)
result <- tryCatch({
  socketConnection("127.0.0.1", port, timeout = 2)
  "connected"
}, error = function(problem) "refused", warning = function(problem) "refused")
cat(result, "\n", sep = "")
