let words line = List.filter (fun word -> word <> "") (String.split_on_char ' ' line)

let rec read numbers =
  match input_line stdin with
  | line -> read (List.rev_append (List.map int_of_string (words line)) numbers)
  | exception End_of_file -> numbers

let () =
  let numbers = List.sort compare (read []) in
  print_endline (string_of_int (List.fold_left ( + ) 0 numbers));
  print_endline (String.concat " " (List.map string_of_int numbers))
