function length(value) {
  return value.length;
}

console.log(length(null));
