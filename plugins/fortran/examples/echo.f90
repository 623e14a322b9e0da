program main
  use, intrinsic :: iso_fortran_env, only: iostat_end, iostat_eor
  implicit none
  character(len=4096) :: line
  integer :: i, status, length

  do i = 1, command_argument_count()
    call get_command_argument(i, line, length)
    write (*, '(a)') line(:length)
  end do
  do
    read (*, '(a)', advance='no', size=length, iostat=status) line
    if (status == iostat_end) exit
    write (*, '(a)') line(:length)
  end do
end program main
