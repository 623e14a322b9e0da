let () =
  while true do
    print_endline "all work and no play, all work and no play"
  done
