for (i in 1:100) {
  child <- parallel::mcparallel(Sys.sleep(60))
}
