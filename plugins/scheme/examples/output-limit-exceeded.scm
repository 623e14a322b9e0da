(let loop ()
  (display "all work and no play, all work and no play\n")
  (loop))
