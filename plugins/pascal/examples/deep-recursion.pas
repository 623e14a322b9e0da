program Main;

function Depth(level: Int64): Int64;
var
  frame: array[0..31] of Int64;
begin
  frame[level mod 32] := level;
  Depth := 1 + Depth(level + 1) + frame[level mod 32];
end;

begin
  WriteLn(Depth(0));
end.
