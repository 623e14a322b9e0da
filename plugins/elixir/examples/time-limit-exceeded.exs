defmodule Loop do
  def run(count), do: run(rem(count + 1, 1000))
end

Loop.run(0)
