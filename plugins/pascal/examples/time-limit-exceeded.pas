program Main;

var
  i: Int64;

begin
  i := 0;
  while True do
    Inc(i);
end.
