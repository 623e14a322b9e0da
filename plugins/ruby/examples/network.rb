require "socket"

begin
  TCPSocket.new("127.0.0.1", gets.to_i)
  puts "connected"
rescue SystemCallError
  puts "refused"
end
