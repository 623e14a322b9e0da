for path in io.lines() do
  print(io.open(path, "w") and "written" or "refused")
end
