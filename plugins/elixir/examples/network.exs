port = IO.gets("") |> String.trim() |> String.to_integer()

case :gen_tcp.connect({127, 0, 0, 1}, port, [], 2000) do
  {:ok, _} -> IO.puts("connected")
  {:error, _} -> IO.puts("refused")
end
