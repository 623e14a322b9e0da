entity main is
end entity;

architecture run of main is
begin
  process
    variable count : integer := 0;
  begin assert count /= 0 report "count is zero" severity failure;
    wait;
  end process;
end architecture;
