let total : int = "text"

let () = print_int total
