let () =
  try
    while true do
      match open_out (input_line stdin) with
      | _ -> print_endline "written"
      | exception Sys_error _ -> print_endline "refused"
    done
  with End_of_file -> ()
