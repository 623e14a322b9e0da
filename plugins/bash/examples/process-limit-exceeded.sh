# A refused fork is tried again for fifteen seconds, which a signal cuts short.
trap : USR1
for ((i = 0; i < 40; i++)); do
    (while sleep 0.2; do kill -USR1 $$; done) &
done
while :; do
    sleep 60 &
done
