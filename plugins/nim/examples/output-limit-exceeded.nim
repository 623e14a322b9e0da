while true:
  echo "all work and no play, all work and no play"
