const kept = [];
for (;;) {
  kept.push(new Array(100000).fill({}).map((value, index) => ({ index })));
}
