let total = ref 0
let lock = Mutex.create ()

let add value =
  Mutex.lock lock;
  total := !total + value;
  Mutex.unlock lock

let () =
  let workers = List.map (Thread.create add) [1; 2; 3; 4] in
  List.iter Thread.join workers;
  print_int !total
