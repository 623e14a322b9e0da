with Ada.Command_Line, Ada.Text_IO;

procedure Main is
   function Share (Total, Count : Integer) return Integer is
   begin
      return Total / Count;
   end Share;
begin
   Ada.Text_IO.Put_Line ("before");
   Ada.Text_IO.Put_Line (Integer'Image (Share (1, Ada.Command_Line.Argument_Count)));
end Main;
