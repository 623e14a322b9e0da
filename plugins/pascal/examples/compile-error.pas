program Main;

var
  total: Integer;
begin
  total := 'text';
  WriteLn(total);
end.
