total = 0;
for value = [1 2]
  total = total + ) value;
end
