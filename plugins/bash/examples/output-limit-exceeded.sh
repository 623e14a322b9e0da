while :; do echo "all work and no play all work and no play all work and no play"; done
