loop { puts "all work and no play, all work and no play" }
