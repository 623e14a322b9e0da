kept <- list()
while (TRUE) {
  kept[[length(kept) + 1]] <- rep(1, 131072)
}
