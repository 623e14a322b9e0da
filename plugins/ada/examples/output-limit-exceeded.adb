with Ada.Text_IO;

procedure Main is
begin
   loop
      Ada.Text_IO.Put_Line ("all work and no play, all work and no play");
   end loop;
end Main;
