program Main;
uses cthreads, SysUtils;

function Wait(parameter: Pointer): PtrInt;
begin
  Sleep(60000);
  Wait := 0;
end;

var
  i: Integer;

begin
  for i := 1 to 100 do
    if BeginThread(@Wait, nil) = 0 then
      raise Exception.Create('Resource temporarily unavailable');
  Sleep(60000);
end.
