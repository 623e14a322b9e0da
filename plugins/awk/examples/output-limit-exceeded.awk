BEGIN { while (1) { print "all work and no play, all work and no play" } }
