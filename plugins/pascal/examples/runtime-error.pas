program Main;
uses SysUtils;

function Share(total, count: Integer): Integer;
begin
  Share := total div count;
end;

begin
  WriteLn('before');
  WriteLn(Share(1, 0));
end.
