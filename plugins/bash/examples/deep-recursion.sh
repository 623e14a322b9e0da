depth() {
    local level=$1 path="$2"
    depth $((level + 1)) "$path"
    echo "$path"
}
printf -v path '%100000s' ''
depth 0 "$path"
