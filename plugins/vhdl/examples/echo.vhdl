use std.textio.all;

entity main is
end entity;

architecture run of main is
begin
  process
    variable text : line;
  begin
    while not endfile(input) loop
      readline(input, text);
      writeline(output, text);
    end loop;
    wait;
  end process;
end architecture;
