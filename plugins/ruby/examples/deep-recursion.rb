def depth(level)
  1 + depth(level + 1)
end

puts depth(0)
