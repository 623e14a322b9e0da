while true
  printf("all work and no play, all work and no play\n");
end
