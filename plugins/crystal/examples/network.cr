require "socket"

begin
  TCPSocket.new("127.0.0.1", gets.not_nil!.to_i)
  puts "connected"
rescue Socket::Error
  puts "refused"
end
