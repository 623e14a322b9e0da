program main
  integer :: numbers(3), i
  do i = 1, 4
    numbers(i) = i
  end do
  print *, sum(numbers)
end program main
