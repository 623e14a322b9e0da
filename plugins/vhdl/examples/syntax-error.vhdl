entity main is
end entity;

architecture run of main is
begin
  process begin
    total := 1;
    wait;
  end process;
end architecture;
