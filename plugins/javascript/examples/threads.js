const { Worker, isMainThread, workerData } = require("worker_threads");

if (isMainThread) {
  const total = new Int32Array(new SharedArrayBuffer(4));
  const workers = [1, 2, 3, 4].map((value) => {
    const worker = new Worker(__filename, { workerData: { total, value } });
    return new Promise((resolve) => worker.on("exit", resolve));
  });
  Promise.all(workers).then(() => console.log(total[0]));
} else {
  Atomics.add(workerData.total, 0, workerData.value);
}
