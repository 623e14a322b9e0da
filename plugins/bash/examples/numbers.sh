total=0
numbers=()
while read -r -a words || [ ${#words[@]} -gt 0 ]; do
    for word in "${words[@]}"; do
        total=$((total + word))
        numbers+=("$word")
    done
done
echo "$total"
mapfile -t sorted < <(printf '%s\n' "${numbers[@]}" | sort -n)
echo "${sorted[*]}"
