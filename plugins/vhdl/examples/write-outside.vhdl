use std.textio.all;

entity main is
end entity;

architecture run of main is
begin
  process
    variable source, target : line;
    file outside : text;
    variable status : file_open_status;
  begin
    while not endfile(input) loop
      readline(input, source);
      file_open(status, outside, source.all, write_mode);
      if status = open_ok then
        write(target, string'("written"));
      else
        write(target, string'("refused"));
      end if;
      writeline(output, target);
    end loop;
    wait;
  end process;
end architecture;
