program main
  integer :: i = 0
  do
    i = mod(i + 1, 1000)
    if (i < 0) print *, i
  end do
end program main
