: depth-of ( n -- n )
  1+ recurse 1+ ;

0 depth-of . cr bye
