use std.textio.all;

entity main is
end entity;

architecture run of main is
begin
  process
    variable text : line;
  begin
    loop
      write(text, string'("all work and no play, all work and no play"));
      writeline(output, text);
    end loop;
  end process;
end architecture;
