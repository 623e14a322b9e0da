def add(value)
  value + 1
end

puts "before"
puts add(nil)
