def depth(level : Int64) : Int64
  1_i64 + depth(level + 1)
end

puts depth(0)
