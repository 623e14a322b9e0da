program main
  print *, depth(1)
contains
  recursive integer function depth(level) result(below)
    integer, intent(in) :: level
    integer :: frame(64)
    frame = level
    below = 1 + depth(level + 1) + frame(mod(level, 64) + 1)
  end function depth
end program main
