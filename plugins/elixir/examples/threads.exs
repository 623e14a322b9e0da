parent = self()
Enum.each(1..4, fn value -> spawn(fn -> send(parent, value) end) end)

total =
  Enum.reduce(1..4, 0, fn _, sum ->
    receive do
      value -> sum + value
    end
  end)

IO.puts(total)
