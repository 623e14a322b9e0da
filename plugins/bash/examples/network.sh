read -r port
if exec 3<>"/dev/tcp/127.0.0.1/$port"; then
    echo connected
else
    echo refused
fi 2>/dev/null
