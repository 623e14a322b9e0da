with Ada.Text_IO;

procedure Main is
   protected Total is
      procedure Add (Value : Integer);
      function Sum return Integer;
   private
      Current : Integer := 0;
   end Total;

   protected body Total is
      procedure Add (Value : Integer) is
      begin
         Current := Current + Value;
      end Add;

      function Sum return Integer is (Current);
   end Total;

   task type Worker is
      entry Start (Value : Integer);
   end Worker;

   task body Worker is
      Mine : Integer;
   begin
      accept Start (Value : Integer) do
         Mine := Value;
      end Start;
      Total.Add (Mine);
   end Worker;
begin
   declare
      Workers : array (1 .. 4) of Worker;
   begin
      for I in Workers'Range loop
         Workers (I).Start (I);
      end loop;
   end;
   Ada.Text_IO.Put_Line (Integer'Image (Total.Sum) (2 .. 3));
end Main;
