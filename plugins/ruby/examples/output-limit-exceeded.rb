loop { puts "all work and no play" * 50 }
