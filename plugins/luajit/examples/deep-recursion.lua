local function depth(level)
  return 1 + depth(level + 1)
end

print(depth(0))
