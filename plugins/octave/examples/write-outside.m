path = fgetl(stdin);
while ischar(path)
  if fopen(path, "w") < 0
    printf("refused\n");
  else
    printf("written\n");
  end
  path = fgetl(stdin);
end
