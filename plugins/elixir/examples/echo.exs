Enum.each(System.argv(), &IO.puts/1)
Enum.each(IO.stream(:stdio, :line), &IO.write/1)
