program main
  implicit none
  total = 1
  print *, total
end program main
