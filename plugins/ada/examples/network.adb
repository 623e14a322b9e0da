with Ada.Text_IO;
with GNAT.Sockets;

procedure Main is
   use GNAT.Sockets;
   Channel : Socket_Type;
   Address : Sock_Addr_Type;
begin
   Address.Addr := Inet_Addr ("127.0.0.1");
   Address.Port := Port_Type'Value (Ada.Text_IO.Get_Line);
   Create_Socket (Channel);
   Connect_Socket (Channel, Address);
   Ada.Text_IO.Put_Line ("connected");
exception
   when Socket_Error =>
      Ada.Text_IO.Put_Line ("refused");
end Main;
