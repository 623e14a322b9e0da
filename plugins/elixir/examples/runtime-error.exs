defmodule Sharer do
  def share(total, count) do
    total / count
  end
end

IO.puts("before")
IO.puts(Sharer.share(1, length(System.argv())))
