let rec depth level = 1 + depth (level + 1)

let () = print_int (depth 0)
