program main
  type node
    integer :: values(250000) = 0
    type(node), pointer :: next => null()
  end type node
  type(node), pointer :: kept, piece

  kept => null()
  do
    allocate (piece)
    piece%values = 1
    piece%next => kept
    kept => piece
  end do
end program main
