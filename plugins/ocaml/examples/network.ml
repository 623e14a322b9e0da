let () =
  let port = int_of_string (String.trim (input_line stdin)) in
  let socket = Unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  match Unix.connect socket (Unix.ADDR_INET (Unix.inet_addr_loopback, port)) with
  | () -> print_endline "connected"
  | exception Unix.Unix_error _ -> print_endline "refused"
