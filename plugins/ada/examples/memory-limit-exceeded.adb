procedure Main is
   type Piece is array (1 .. 250_000) of Integer;
   type Piece_Access is access Piece;
   pragma Warnings (Off);
   Kept : Piece_Access;
begin
   loop
      Kept := new Piece'(others => 1);
   end loop;
end Main;
