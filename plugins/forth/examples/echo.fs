create line 1024 allot

: arguments ( -- )
  begin next-arg dup while type cr repeat 2drop ;

: copy ( -- )
  begin
    pad 1024 stdin read-file throw dup
  while
    pad swap type
  repeat drop ;

arguments copy bye
