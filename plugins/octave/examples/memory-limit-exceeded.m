kept = {};
while true
  kept{end + 1} = ones(1, 131072);
end
