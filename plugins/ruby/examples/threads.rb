total = 0
lock = Mutex.new
workers = [1, 2, 3, 4].map do |value|
  Thread.new { lock.synchronize { total += value } }
end
workers.each(&:join)
puts total
