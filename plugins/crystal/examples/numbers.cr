numbers = STDIN.gets_to_end.split.map(&.to_i64).sort
puts numbers.sum
puts numbers.join(" ")
