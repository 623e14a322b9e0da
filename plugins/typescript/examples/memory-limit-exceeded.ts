const kept: { index: number }[][] = [];
for (;;) {
  kept.push(new Array(100000).fill(0).map((value: number, index: number) => ({ index })));
}
