let () =
  for _ = 1 to 100 do
    if Unix.fork () = 0 then begin
      Unix.sleep 60;
      exit 0
    end
  done
