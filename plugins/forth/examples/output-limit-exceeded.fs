: main begin ." all work and no play, all work and no play" cr again ;
main
