with Ada.Text_IO;

procedure Main is
   use Ada.Text_IO;
begin
   while not End_Of_File loop
      declare
         Path : constant String := Get_Line;
         File : File_Type;
      begin
         Create (File, Out_File, Path);
         Put_Line ("written");
      exception
         when Name_Error | Use_Error =>
            Put_Line ("refused");
      end;
   end loop;
end Main;
