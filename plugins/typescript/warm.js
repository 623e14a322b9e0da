// Makes a snapshot of the compiler's heap in which it is loaded, has compiled once, and holds the declarations that
// every program needs. Arguments: the compiler's folder, then its own arguments.
//
// A process that starts from the snapshot has a heap of its own, so one program's compilation sees nothing of another's.
'use strict';
const fs = require('fs');
const { startupSnapshot } = require('v8');
const [toolchain, ...options] = process.argv.slice(2);

const start = 'ts.executeCommandLine(ts.sys, ts.noop, ts.sys.args);';
const source = fs.readFileSync(`${toolchain}/lib/tsc.js`, 'utf8');
const end = source.lastIndexOf(start);
if (end < 0) throw new Error(`${toolchain}/lib/tsc.js does not end as this expects`);
// The whole compiler as one function that returns its namespace instead of starting it.
const load = new Function('require', 'module', 'exports', '__filename', '__dirname', source.slice(0, end) + 'return ts;');
const ts = load(require, { exports: {} }, {}, `${toolchain}/lib/tsc.js`, `${toolchain}/lib`);

// The sample uses what programs use, so that what compiles them has been compiled itself.
const sample = `
import * as fs from "fs";
interface Named { readonly name: string; size?: number }
enum Colour { Red, Green = "green" }
type Pair<A, B = A> = { [K in keyof A]: A[K] | B };
class Box<T extends object> implements Iterable<T> {
    #items: T[] = [];
    constructor(private readonly label: string, items: T[] = []) { this.#items.push(...items); }
    get size(): number { return this.#items.length; }
    map<U extends object>(f: (item: T, index: number) => U): Box<U> { return new Box(this.label, this.#items.map(f)); }
    *[Symbol.iterator](): Iterator<T> { for (const item of this.#items) yield item; }
    static of<U extends object>(...items: U[]) { return new Box<U>("of", items); }
}
async function wait(ms: number): Promise<void> { await new Promise<void>(done => setTimeout(done, ms)); }
function isNamed(value: unknown): value is Named { return typeof value === "object" && value !== null && "name" in value; }
const lines = fs.readFileSync(0, "utf8").trim().split("\\n").map(line => line.split(" ").map(Number));
const counts = new Map<string, number>();
for (const [index, line] of lines.entries()) counts.set(\`\${index}\`, line.reduce((sum, value) => sum + value, 0));
const seen = new Set([...counts.keys()].sort((a, b) => a.localeCompare(b)));
const { name, ...others }: Named & { a?: number } = { name: "x", a: 1 };
const pair: Pair<{ a: string }, number> = { a: 3 };
let text: string | undefined = others.a?.toString() ?? "none";
switch (Colour.Red as Colour) { case Colour.Red: text += "r"; break; default: throw new RangeError(text); }
try { if (isNamed(JSON.parse("{}"))) console.log(pair.a); } catch (error) { console.error((error as Error).message); }
wait(1).then(() => console.log(Box.of({ a: 1 }).map(x => ({ b: x.a })).size, seen.has("a"), name, process.argv.length));
`;

// What is kept is taken only for a file of the same name, the same text and the same options.
const kept = new Map();
const create = ts.createSourceFile;
const key = (name, options, parents, kind) => JSON.stringify([name, options, Boolean(parents), kind]);
ts.createSourceFile = (name, text, options, parents, kind) => {
    const file = create(name, text, options, parents, kind);
    if (name.endsWith('.d.ts')) kept.set(key(name, options, parents, kind), file);
    return file;
};
let printed = '';
const ended = new Error('the compiler ended');
const sys = {
    ...ts.sys,
    args: [],
    write(text) { printed += text; },
    writeFile() {},
    exit(status) {
        if (status !== 0) throw new Error(`the sample does not compile:\n${printed}`);
        throw ended;
    },
};
fs.writeFileSync('sample.ts', sample);
try {
    ts.executeCommandLine(sys, ts.noop, [...options, 'sample.ts']);
} catch (error) {
    if (error !== ended) throw error;
}
ts.createSourceFile = (name, text, options, parents, kind) => {
    const at = key(name, options, parents, kind);
    const file = kept.get(at);
    // Once: a second program in this process must not find what the first made of it.
    kept.delete(at);
    return file !== undefined && file.text === text ? file : create(name, text, options, parents, kind);
};

// A snapshot cannot hold it, and node says so each time.
delete Error.stackTraceLimit;
startupSnapshot.setDeserializeMainFunction(() => {
    Error.stackTraceLimit = 100;
    if (ts.sys.setBlocking) ts.sys.setBlocking();
    ts.executeCommandLine(ts.sys, ts.noop, process.argv.slice(2));
});
