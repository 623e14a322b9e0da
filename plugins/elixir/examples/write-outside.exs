IO.stream(:stdio, :line)
|> Enum.each(fn line ->
  case File.open(String.trim(line), [:write]) do
    {:ok, _} -> IO.puts("written")
    {:error, _} -> IO.puts("refused")
  end
end)
