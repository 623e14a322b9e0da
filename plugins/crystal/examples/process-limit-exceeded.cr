100.times { Process.new("sleep", ["60"]) }
