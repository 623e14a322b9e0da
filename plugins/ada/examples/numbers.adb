with Ada.Containers.Vectors;
with Ada.Text_IO;

procedure Main is
   use Ada.Text_IO;
   package Number_IO is new Ada.Text_IO.Integer_IO (Long_Integer);
   package Vectors is new Ada.Containers.Vectors (Positive, Long_Integer);
   package Sorting is new Vectors.Generic_Sorting;
   Numbers : Vectors.Vector;
   Number  : Long_Integer;
   Total   : Long_Integer := 0;
   First   : Boolean := True;
begin
   loop
      begin
         Number_IO.Get (Number);
      exception
         when End_Error =>
            exit;
      end;
      Numbers.Append (Number);
      Total := Total + Number;
   end loop;
   Sorting.Sort (Numbers);
   Number_IO.Put (Total, Width => 0);
   New_Line;
   for Each of Numbers loop
      if not First then
         Put (" ");
      end if;
      First := False;
      Number_IO.Put (Each, Width => 0);
   end loop;
   New_Line;
end Main;
