with Ada.Command_Line;
with Ada.Streams;
with Ada.Text_IO;
with Ada.Text_IO.Text_Streams;

procedure Main is
   use Ada.Streams;
   Input : constant Ada.Text_IO.Text_Streams.Stream_Access :=
     Ada.Text_IO.Text_Streams.Stream (Ada.Text_IO.Standard_Input);
   Output : constant Ada.Text_IO.Text_Streams.Stream_Access :=
     Ada.Text_IO.Text_Streams.Stream (Ada.Text_IO.Standard_Output);
   Buffer : Stream_Element_Array (1 .. 4096);
   Last   : Stream_Element_Offset;
begin
   for I in 1 .. Ada.Command_Line.Argument_Count loop
      String'Write (Output, Ada.Command_Line.Argument (I) & Character'Val (10));
   end loop;
   loop
      Read (Input.all, Buffer, Last);
      exit when Last < Buffer'First;
      Write (Output.all, Buffer (1 .. Last));
   end loop;
end Main;
