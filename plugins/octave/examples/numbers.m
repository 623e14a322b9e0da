numbers = sort(fscanf(stdin, "%d"));
printf("%d\n", sum(numbers));
printf("%s\n", strtrim(sprintf("%d ", numbers)));
