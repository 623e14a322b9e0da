defmodule Well do
  def depth(-1), do: []
  def depth(level), do: [Enum.to_list(1..100) | depth(level + 1)]
end

IO.puts(length(Well.depth(0)))
