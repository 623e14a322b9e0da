entity main is
end entity;

architecture run of main is
begin
  process
    variable i : integer := 0;
  begin
    loop
      i := (i + 1) mod 1000;
    end loop;
  end process;
end architecture;
