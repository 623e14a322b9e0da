interface Named {
  name: string;
}

function length(value: Named): number {
  return value.name.length;
}

console.log(length({} as Named));
