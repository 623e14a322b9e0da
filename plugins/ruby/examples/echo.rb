ARGV.each { |argument| puts argument }
STDIN.each_line { |line| print line }
