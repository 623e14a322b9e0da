entity main is
end entity;

architecture run of main is
  type piece is array (0 to 262143) of integer;
  type link is access piece;
begin
  process
    variable kept : link;
  begin
    loop
      kept := new piece'(others => 1);
    end loop;
  end process;
end architecture;
