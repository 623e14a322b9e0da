printf -v block '%*s' 20000000 ''
while :; do kept+=("$block"); done
