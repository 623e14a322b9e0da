"use strict";
// Everything that a program or a model wrote reaches the page as text, never as markup: all nodes are made here.

const byId = (id) => document.getElementById(id);

/** Makes an element with text and children; the only way by which anything gets onto the page. */
function element(name, options = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (key === "text") node.textContent = value;
    else if (key === "click") node.addEventListener("click", value);
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** A text as it stands; who has no mouse can scroll it. */
const block = (text) => element("pre", { text, tabindex: "0" });

let token = sessionStorage.getItem("token") || "";

/** Asks the server; null when it does not answer as it should, which the state line then says. */
async function ask(path, body) {
  const headers = { "X-Retort-Client": "dashboard" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(path, { method: body === undefined ? "GET" : "POST", headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (response.status === 401) byId("token-form").hidden = false;
  if (!response.ok) throw new Error(answer.detail || response.statusText);
  return answer;
}

byId("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  token = byId("token").value;
  sessionStorage.setItem("token", token);
  byId("token-form").hidden = true;
  loadLanguages();
  followRun();
});

/** Fills a table; a cell is a text, a number or a node. */
function fill(id, head, rows) {
  const table = byId(id);
  const isNumber = (place) => rows.length > 0 && rows.every((row) => typeof row[place] === "number");
  table.tHead.replaceChildren(
    element("tr", {}, ...head.map((text, place) => element("th", { text, scope: "col", ...(isNumber(place) ? { class: "number" } : {}) })))
  );
  table.tBodies[0].replaceChildren(
    ...rows.map((row) =>
      element("tr", {}, ...row.map((cell) => {
        if (cell instanceof Node) return element("td", {}, cell);
        return element("td", { text: String(cell), ...(typeof cell === "number" ? { class: "number" } : {}) });
      }))
    )
  );
}

const verdictClass = (verdict) => (verdict === "accepted" ? "accepted" : "failed");
/** A number to four digits; what is none, as the text it is. */
const round = (value) => (typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value));
/** What a table shows of a value that should be a number. */
const numberOrText = (value) => (typeof value === "number" ? Number(round(value)) : value == null ? "none" : String(value));

/** A line over points, with its least and greatest value. */
function plot(svg, points, width, height) {
  const values = points.map((point) => point[1]);
  const low = Math.min(...values), high = Math.max(...values);
  const from = points[0][0], to = points[points.length - 1][0];
  const x = (value) => 40 + ((width - 50) * (value - from)) / (to - from || 1);
  const y = (value) => 10 + (height - 20) * (1 - (value - low) / (high - low || 1));
  const svgElement = (name, attributes, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  svg.replaceChildren(
    svgElement("polyline", { points: points.map((point) => `${x(point[0]).toFixed(1)},${y(point[1]).toFixed(1)}`).join(" ") }),
    svgElement("text", { x: 2, y: 16 }, round(high)),
    svgElement("text", { x: 2, y: height - 6 }, round(low))
  );
}

// Live

const history = [];

async function refresh() {
  try {
    const health = await ask("/v1/health");
    byId("state").textContent = `${health.status}, version ${health.version}` + (health.problem ? `: ${health.problem.detail}` : "");
    const sums = await ask("/v1/statistics");
    const now = performance.now() / 1000;
    history.push([now, sums.items]);
    while (history.length > 2 && now - history[0][0] > 120) history.shift();
    const rates = history.slice(1).map((point, index) => [point[0], (point[1] - history[index][1]) / (point[0] - history[index][0] || 1)]);
    if (rates.length > 1) plot(byId("throughput"), rates, 600, 120);
    const figures = {
      "items a second": rates.length ? round(rates[rates.length - 1][1]) : "0",
      items: sums.items,
      running: health.running,
      queued: health.queued,
      slots: health.slots,
      "median run": `${round(sums.run_ms_p50)} ms`,
      "answered by an equal run": sums.runs.shared,
      "answered by the cache": sums.runs.remembered,
      "our failures": sums.infra_errors,
    };
    byId("figures").replaceChildren(
      ...Object.entries(figures).map(([name, value]) => element("div", {}, element("dt", { text: name }), element("dd", { text: String(value) })))
    );
    const kinds = [...new Set(Object.values(sums.verdicts).flatMap((one) => Object.keys(one)))].sort();
    fill("verdicts", ["language", ...kinds], Object.entries(sums.verdicts).map(([language, counts]) => [language, ...kinds.map((kind) => counts[kind] || 0)]));
    if (!ownFile) showRollouts(await ask("/v1/recent"));
  } catch (error) {
    byId("state").textContent = error.message;
  }
}

// Try it

async function loadLanguages() {
  try {
    const languages = await ask("/v1/languages");
    const select = byId("try-language");
    const chosen = select.value || "python";
    select.replaceChildren(...languages.filter((one) => one.available).map((one) => element("option", { text: one.name, value: one.name })));
    select.value = chosen;
    byId("try-button").disabled = false;
    fill("language-table", ["language", "version", "aliases"], languages.map((one) => [
      one.name, one.available ? one.version : `missing: ${one.missing} (package ${one.package})`, one.aliases.join(" "),
    ]));
  } catch (error) {
    byId("state").textContent = error.message;
  }
}

byId("try-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const result = byId("try-result");
  byId("try-button").disabled = true;
  result.replaceChildren(element("p", { text: "running" }));
  try {
    const milliseconds = 1000 * Number(byId("seconds").value);
    const answer = await ask("/v1/run", {
      program: byId("program").value, language: byId("try-language").value, stdin: byId("stdin").value,
      limits: { cpu_ms: milliseconds, wall_ms: 2 * milliseconds, memory_bytes: Number(byId("megabytes").value) * 1048576 },
    });
    const parts = [element("p", {}, element("strong", { text: answer.verdict, class: verdictClass(answer.verdict) }),
      ` exit code ${answer.exit_code ?? "none"}, cpu ${round(answer.usage.cpu_ms)} ms, wall ${round(answer.usage.wall_ms)} ms, ` +
      `memory ${round(answer.usage.peak_memory_bytes / 1048576)} MB`)];
    const streams = [["stdout", answer.stdout], ["stderr", answer.stderr], ["compiler", answer.compile ? answer.compile.stdout + answer.compile.stderr : ""]];
    for (const [name, text] of streams) if (text) parts.push(element("h3", { text: name }), block(text));
    parts.push(element("p", { text: `isolated by ${answer.isolation.layers.join(", ")}` }));
    result.replaceChildren(...parts);
  } catch (error) {
    result.replaceChildren(element("p", { text: error.message, class: "failed" }));
  } finally {
    byId("try-button").disabled = false;
  }
});

// Rollouts

let ownFile = false;
let shownRollouts = [];

/** Lines of a diff by longest common subsequence; long texts are cut first. */
function difference(expected, actual) {
  const left = String(expected).split("\n").slice(0, 400), right = String(actual).split("\n").slice(0, 400);
  const length = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) for (let j = right.length - 1; j >= 0; j--)
    length[i][j] = left[i] === right[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const pre = block("");
  let i = 0, j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) { pre.append(element("span", { text: `  ${left[i]}\n` })); i++; j++; }
    else if (j >= right.length || (i < left.length && length[i + 1][j] >= length[i][j + 1])) pre.append(element("span", { text: `- ${left[i++]}\n`, class: "removed" }));
    else pre.append(element("span", { text: `+ ${right[j++]}\n`, class: "added" }));
  }
  return pre;
}

const ownKeys = new Set(["id", "reward", "verdict", "infra_error", "exec_ms", "queue_ms", "detail", "prompt", "completion", "expected", "actual", "error"]);

function showRollout(line) {
  const parts = [element("h3", { text: `${line.id}: ${line.verdict ?? line.error}` })];
  const components = Object.entries(line).filter(([name, value]) => !ownKeys.has(name) && typeof value === "number");
  const list = element("dl", { class: "figures" });
  for (const [name, value] of [["reward", line.reward], ...components])
    list.append(element("div", {}, element("dt", { text: name }), element("dd", { text: value == null ? "none" : round(value) })));
  parts.push(list);
  if (line.prompt) parts.push(element("h3", { text: "prompt" }), block(line.prompt));
  if (line.completion) parts.push(element("h3", { text: "completion" }), block(line.completion));
  if (line.expected !== undefined && line.actual !== undefined)
    parts.push(element("h3", { text: "expected (-) against actual (+)" }), difference(line.expected, line.actual));
  if (line.detail) parts.push(element("h3", { text: "detail" }), block(JSON.stringify(line.detail, null, 2)));
  byId("rollout").replaceChildren(...parts);
}

function showRollouts(lines) {
  shownRollouts = lines;
  const filter = byId("verdict-filter");
  const chosen = filter.value;
  const verdicts = [...new Set(lines.map((line) => line.verdict).filter(Boolean))].sort();
  filter.replaceChildren(element("option", { value: "", text: "all" }), ...verdicts.map((one) => element("option", { value: one, text: one })));
  filter.value = verdicts.includes(chosen) ? chosen : "";
  const rows = lines.filter((line) => !filter.value || line.verdict === filter.value).slice(0, 200);
  fill("rollout-table", ["rollout", "verdict", "reward", "executed, ms"], rows.map((line) => [
    element("button", { class: "plain", type: "button", text: String(line.id), click: () => showRollout(line) }),
    element("span", { text: line.verdict ?? "no rollout", class: verdictClass(line.verdict) }),
    numberOrText(line.reward), numberOrText(line.exec_ms),
  ]));
}

byId("verdict-filter").addEventListener("change", () => showRollouts(shownRollouts));

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects of a file of JSON lines; lines that are none are left out. */
async function lines(file) {
  const objects = [];
  for (const line of (await file.text()).split("\n")) {
    try {
      const value = JSON.parse(line);
      if (isObject(value)) objects.push(value);
    } catch { /* a torn last line, or an empty one */ }
  }
  return objects;
}

byId("rollout-file").addEventListener("change", async (event) => {
  if (!event.target.files.length) return;
  ownFile = true;
  showRollouts(await lines(event.target.files[0]));
});

// Training run

function showCurves(steps) {
  const names = [...new Set(steps.flatMap((step) => Object.keys(step)))].filter((name) => name !== "step").sort();
  const curves = [];
  for (const name of names) {
    const points = steps.map((step, index) => [step.step ?? index, step[name]]).filter((point) => Number.isFinite(point[1]));
    if (points.length < 2) continue;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 600 120");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${name} by step`);
    plot(svg, points, 600, 120);
    const last = points[points.length - 1];
    curves.push(element("figure", {}, element("figcaption", { text: `${name}: ${round(last[1])} at step ${last[0]}` }), svg));
  }
  byId("curves").replaceChildren(...(curves.length ? curves : [element("p", { text: "no numbers of two steps" })]));
}

async function loadRuns() {
  const select = byId("run-name");
  const chosen = select.value;
  const names = (await ask("/v1/runs")).map((run) => run.name);
  const wanted = ["", ...names];
  if (wanted.join("\n") !== [...select.options].map((option) => option.value).join("\n"))
    select.replaceChildren(...wanted.map((name) => element("option", { value: name, text: name || "none" })));
  select.value = names.includes(chosen) ? chosen : "";
}

/** The run that is shown goes on while it is looked at. */
async function followRun() {
  try {
    await loadRuns();
    const run = byId("run-name").value;
    if (run) showCurves((await ask("/v1/runs", { run })).steps);
  } catch (error) {
    byId("state").textContent = error.message;
  }
}

byId("run-name").addEventListener("change", () => {
  byId("metrics-file").value = "";
  if (byId("run-name").value) followRun();
  else byId("curves").replaceChildren();
});

byId("metrics-file").addEventListener("change", async (event) => {
  if (!event.target.files.length) return;
  byId("run-name").value = "";
  showCurves(await lines(event.target.files[0]));
});

loadLanguages();
refresh();
followRun();
setInterval(() => { if (!document.hidden) refresh(); }, 1000);
setInterval(() => { if (!document.hidden) followRun(); }, 10000);
