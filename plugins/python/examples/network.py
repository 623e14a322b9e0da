import socket

try:
    socket.create_connection(("127.0.0.1", int(input())), timeout=2)
    print("connected")
except OSError:
    print("refused")
