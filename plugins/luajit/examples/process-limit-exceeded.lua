local children = {}
for i = 1, 100 do
  local child, problem = io.popen("exec sleep 60")
  if not child then
    io.stderr:write(problem, "\n")
    -- Without closing: that would wait for the children.
    os.exit(1, false)
  end
  children[i] = child
end
