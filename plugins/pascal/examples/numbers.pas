program Main;

var
  numbers: array of Int64;
  number, total: Int64;
  i, j: Integer;

begin
  total := 0;
  while not SeekEof do
  begin
    Read(number);
    SetLength(numbers, Length(numbers) + 1);
    numbers[High(numbers)] := number;
    total := total + number;
  end;
  for i := 1 to High(numbers) do
  begin
    number := numbers[i];
    j := i;
    while (j > 0) and (numbers[j - 1] > number) do
    begin
      numbers[j] := numbers[j - 1];
      Dec(j);
    end;
    numbers[j] := number;
  end;
  WriteLn(total);
  for i := 0 to High(numbers) do
  begin
    if i > 0 then
      Write(' ');
    Write(numbers[i]);
  end;
  WriteLn;
end.
