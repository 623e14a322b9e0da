let () =
  Array.iteri (fun index argument -> if index > 0 then print_endline argument) Sys.argv;
  try
    while true do
      print_endline (input_line stdin)
    done
  with End_of_file -> ()
