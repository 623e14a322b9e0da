program Main;

var
  path: string;
  target: Text;

begin
  while not EOF do
  begin
    ReadLn(path);
    Assign(target, path);
    {$I-}
    Rewrite(target);
    {$I+}
    if IOResult = 0 then
      WriteLn('written')
    else
      WriteLn('refused');
  end;
end.
