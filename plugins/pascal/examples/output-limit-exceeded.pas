program Main;

begin
  while True do
    WriteLn('all work and no play, all work and no play');
end.
