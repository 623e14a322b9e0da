: share ( total count -- n )
  / ;

: main ( -- )
  ." before" cr
  1 0 share . cr ;
main
bye
