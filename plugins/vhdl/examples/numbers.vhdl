use std.textio.all;

entity main is
end entity;

architecture run of main is
  type list is array (0 to 9999) of integer;
begin
  process
    variable source, target : line;
    variable numbers : list;
    variable number, count, total, place : integer := 0;
    variable good : boolean;
  begin
    while not endfile(input) loop
      readline(input, source);
      loop
        read(source, number, good);
        exit when not good;
        total := total + number;
        place := count;
        while place > 0 loop
          exit when numbers(place - 1) <= number;
          numbers(place) := numbers(place - 1);
          place := place - 1;
        end loop;
        numbers(place) := number;
        count := count + 1;
      end loop;
    end loop;
    write(target, total);
    writeline(output, target);
    for i in 0 to count - 1 loop
      if i > 0 then
        write(target, string'(" "));
      end if;
      write(target, numbers(i));
    end loop;
    writeline(output, target);
    wait;
  end process;
end architecture;
