(loop (write-line "all work and no play, all work and no play"))
