workers = 100.times.map do
  Thread.new { sleep 60 }
end
workers.each(&:join)
