while (TRUE) {
  cat("all work and no play, all work and no play\n")
}
