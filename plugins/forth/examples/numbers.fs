1024 constant most
create numbers most cells allot
variable count-of 0 count-of !
variable total 0 total !
create text 65536 allot
variable length

: number-at ( i -- address ) cells numbers + ;

: keep ( n -- )
  dup total +!
  count-of @ number-at !
  1 count-of +! ;

: blank? ( char -- flag ) bl <= ;

: one ( address length -- )
  over c@ [char] - = if
    1 /string 0. 2swap >number 2drop drop negate
  else
    0. 2swap >number 2drop drop
  then keep ;

: skip-blanks ( address length -- address' length' )
  begin dup if over c@ blank? else false then while 1 /string repeat ;

: word-length ( address length -- n )
  0 begin 2dup > if 2 pick over + c@ blank? 0= else false then while 1+ repeat nip nip ;

: split ( address length -- )
  begin
    skip-blanks dup
  while
    2dup word-length
    2 pick over one
    /string
  repeat 2drop ;

: sort ( -- )
  count-of @ 0 ?do
    count-of @ i ?do
      j number-at @ i number-at @ > if
        j number-at @ i number-at @ j number-at ! i number-at !
      then
    loop
  loop ;

: number. ( n -- )
  dup abs 0 <# #s rot sign #> type ;

: main ( -- )
  text 65536 stdin read-file throw length !
  text length @ split
  sort
  total @ number. cr
  count-of @ 0 ?do
    i if space then i number-at @ number.
  loop cr ;

main bye
