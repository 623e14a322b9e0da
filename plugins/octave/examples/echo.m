arguments = argv();
for i = 1:numel(arguments)
  printf("%s\n", arguments{i});
end
line = fgetl(stdin);
while ischar(line)
  printf("%s\n", line);
  line = fgetl(stdin);
end
