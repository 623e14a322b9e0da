program Main;

var
  i: Integer;
  line: string;

begin
  for i := 1 to ParamCount do
    WriteLn(ParamStr(i));
  while not EOF do
  begin
    ReadLn(line);
    WriteLn(line);
  end;
end.
