while (path = gets)
  begin
    File.open(path.chomp, "w") {}
    puts "written"
  rescue SystemCallError
    puts "refused"
  end
end
