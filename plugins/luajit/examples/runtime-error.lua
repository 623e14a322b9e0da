local function length(value)
  return #value
end

print("before")
print(length(nil))
