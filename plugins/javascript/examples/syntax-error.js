let total = 0;
for (const value of [1, 2] {
  total += value;
}
console.log(total);
