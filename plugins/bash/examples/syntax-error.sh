total=0
for value in 1 2; do
    total=$((total + value))
fi
echo "$total"
