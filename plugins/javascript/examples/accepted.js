const words = require("fs").readFileSync(0, "utf8").split(/\s+/).map(Number);
console.log(words.slice(1, 1 + words[0]).reduce((total, value) => total + value, 0));
