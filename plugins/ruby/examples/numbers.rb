numbers = STDIN.read.split.map(&:to_i).sort
puts numbers.sum
puts numbers.join(" ")
