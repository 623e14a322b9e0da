STDIN.each_line do |path|
  begin
    File.write(path, "")
    puts "written"
  rescue File::Error
    puts "refused"
  end
end
