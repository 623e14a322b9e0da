local numbers, total = {}, 0
for word in io.read("*a"):gmatch("%S+") do
  local number = tonumber(word)
  numbers[#numbers + 1] = number
  total = total + number
end
table.sort(numbers)
print(total)
print(table.concat(numbers, " "))
