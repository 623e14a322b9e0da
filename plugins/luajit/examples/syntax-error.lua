local total = 0
for _, value in ipairs({1, 2}) then
  total = total + value
end
print(total)
