defmodule Adder do
  def add(left, right) do
    left + right
end
