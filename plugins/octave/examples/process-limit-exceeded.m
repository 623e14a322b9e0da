for i = 1:100
  child = fork();
  if child == 0
    pause(60);
    exit(0);
  elseif child < 0
    error("fork: Resource temporarily unavailable");
  end
end
