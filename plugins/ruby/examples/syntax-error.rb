total = 0
[1, 2].each do |value|
  total += value
puts total
