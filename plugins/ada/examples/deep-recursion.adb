with Ada.Text_IO;

procedure Main is
   function Depth (Level : Long_Integer) return Long_Integer is
      Frame : array (0 .. 31) of Long_Integer := (others => Level);
   begin
      return 1 + Depth (Level + 1) + Frame (Integer (Level mod 32));
   end Depth;
begin
   Ada.Text_IO.Put_Line (Long_Integer'Image (Depth (0)));
end Main;
