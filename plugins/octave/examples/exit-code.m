exit(7);
