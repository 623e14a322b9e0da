program main
  implicit none
  integer(8), allocatable :: numbers(:)
  integer(8) :: number, total
  character(len=4096) :: line
  character(len=24) :: text
  integer :: i, j, status, start

  allocate (numbers(0))
  do
    read (*, '(a)', iostat=status) line
    if (status /= 0) exit
    start = 1
    do
      do while (start <= len(line))
        if (line(start:start) /= ' ') exit
        start = start + 1
      end do
      if (start > len(line)) exit
      i = index(line(start:), ' ')
      if (i == 0) i = len(line) - start + 2
      read (line(start:start + i - 2), *) number
      numbers = [numbers, number]
      start = start + i
    end do
  end do
  do i = 2, size(numbers)
    number = numbers(i)
    j = i
    do while (j > 1)
      if (numbers(j - 1) <= number) exit
      numbers(j) = numbers(j - 1)
      j = j - 1
    end do
    numbers(j) = number
  end do
  total = sum(numbers)
  write (text, '(i0)') total
  write (*, '(a)') trim(text)
  do i = 1, size(numbers)
    if (i > 1) write (*, '(a)', advance='no') ' '
    write (text, '(i0)') numbers(i)
    write (*, '(a)', advance='no') trim(text)
  end do
  write (*, '(a)') ''
end program main
