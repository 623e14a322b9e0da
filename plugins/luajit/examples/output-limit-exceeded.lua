while true do
  print(string.rep("all work and no play ", 50))
end
