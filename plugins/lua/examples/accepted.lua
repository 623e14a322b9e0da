local count = io.read("n")
local total = 0
for i = 1, count do
  total = total + io.read("n")
end
print(total)
