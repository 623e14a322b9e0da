use std.textio.all;

entity main is
end entity;

architecture run of main is
begin
  process
    variable text : line;
  begin
    write(text, string'("Hello, world!"));
    writeline(output, text);
    wait;
  end process;
end architecture;
