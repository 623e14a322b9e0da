program Main;
uses cthreads;

var
  total: LongInt = 0;

function Add(value: Pointer): PtrInt;
begin
  InterlockedExchangeAdd(total, LongInt(PtrInt(value)));
  Add := 0;
end;

var
  i: Integer;
  workers: array[1..4] of TThreadID;

begin
  for i := 1 to 4 do
    workers[i] := BeginThread(@Add, Pointer(PtrInt(i)));
  for i := 1 to 4 do
    WaitForThreadTerminate(workers[i], 0);
  WriteLn(total);
end.
