: main ( -- )
  1 2 + pront cr ;
main bye
