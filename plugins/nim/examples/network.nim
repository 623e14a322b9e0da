import net, strutils

let port = parseInt(stdin.readLine())
try:
  let socket = newSocket()
  socket.connect("127.0.0.1", Port(port))
  echo "connected"
except OSError:
  echo "refused"
