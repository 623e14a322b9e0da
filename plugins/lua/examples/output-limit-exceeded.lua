while true do
  io.write(string.rep("all work and no play\n", 100))
end
