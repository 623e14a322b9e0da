read -r count
read -r -a values
total=0
for ((i = 0; i < count; i++)); do
    total=$((total + values[i]))
done
echo "$total"
