program Main;

var
  kept: Pointer;

begin
  while True do
  begin
    GetMem(kept, 1000000);
    FillChar(kept^, 1000000, 1);
  end;
end.
