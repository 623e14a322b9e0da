while read -r path; do
    if : >"$path"; then
        echo written
    else
        echo refused
    fi 2>/dev/null
done
