defmodule Flood do
  def run do
    IO.puts("all work and no play, all work and no play")
    run()
  end
end

Flood.run()
