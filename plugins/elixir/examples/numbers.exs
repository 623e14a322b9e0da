numbers =
  IO.read(:stdio, :all)
  |> String.split()
  |> Enum.map(&String.to_integer/1)
  |> Enum.sort()

IO.puts(Enum.sum(numbers))
IO.puts(Enum.join(numbers, " "))
