program main
  do
    print '(a)', 'all work and no play, all work and no play'
  end do
end program main
