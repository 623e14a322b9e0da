1;
function result = add(value)
  result = value + missing;
end

printf("before\n");
add(1)
