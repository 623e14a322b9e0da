# Weighs the numbers of its input.
set -u
limit=10
start=5
steps=(4 7)

weigh() {
    # The even ones count more.
    local total=$(( -start ))
    if (( $1 % 2 == 0 && $1 < limit )); then
        (( total += $1 * $2 ))
    else
        (( total -= $1 + $2 ))
    fi
    echo "$total"
}

read -r -a numbers || true
result=0
for number in "${numbers[@]}"; do
    result=$(( result + $(weigh "$number" "${steps[0]}") ))
done
half=$(( result / 2 ))
echo "result $result $half"
echo "share $(( result / ${#numbers[@]} ))"
