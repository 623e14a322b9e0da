1;
function result = depth(level)
  result = 1 + depth(level + 1);
end

disp(depth(0))
