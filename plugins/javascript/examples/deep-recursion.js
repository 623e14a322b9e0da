function depth(level) {
  return 1 + depth(level + 1);
}

console.log(depth(0));
