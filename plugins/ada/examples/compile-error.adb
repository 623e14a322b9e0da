with Ada.Text_IO;

procedure Main is
   Total : Integer := "text";
begin
   Ada.Text_IO.Put_Line (Integer'Image (Total));
end Main;
