create path 256 allot

: main ( -- )
  begin
    path 255 stdin read-line throw
  while
    path swap w/o create-file nip if ." refused" else ." written" then cr
  repeat drop ;

main bye
