program main
  character(len=256) :: path
  integer :: status, other
  do
    read (*, '(a)', iostat=status) path
    if (status /= 0) exit
    open (unit=20, file=trim(path), action='write', iostat=other)
    print '(a)', merge('refused', 'written', other /= 0)
  end do
end program main
