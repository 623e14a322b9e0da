local count = io.read("n")
local total = 0
for i = 1, count - 1 do
  total = total + io.read("n")
end
print(total)
