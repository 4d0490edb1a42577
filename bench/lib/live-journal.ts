import { readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { writeLine } from "#engine/journal/entry.ts";
import { entryOf } from "./write-journal.ts";

/** The traffic of a verifier: one segment a second, until the parent stops the thread. */
export interface LiveTraffic {
  dir: string;
  keys: number;
  perSecond: number;
}

/** Posted every second: how much waits, and the age of the oldest segment, s. */
export interface Waiting {
  segments: number;
  seconds: number;
}

const { dir, keys, perSecond }: LiveTraffic = workerData;
// Without its time, a line of a key is always the same.
const lines = Array.from({ length: keys }, (_, key) => writeLine(entryOf(key, 1)).slice(1));
let segment = 0;

function writeSegment(): void {
  const atMs = Date.now();
  let text = "";
  for (let n = 0; n < perSecond; n++) text += `${atMs}${lines[Math.floor(Math.random() * keys)]}`;
  const path = join(dir, `seg_${String(segment++).padStart(22, "0")}`);
  writeFileSync(path, text);
  renameSync(path, `${path}.closed`);
  const names = readdirSync(dir)
    .filter((name) => name.endsWith(".closed"))
    .sort();
  const [oldest] = names;
  // Counted and deleted meanwhile, it has no age.
  const file = oldest === undefined ? undefined : statSync(join(dir, oldest), { throwIfNoEntry: false });
  const waiting: Waiting = {
    segments: names.length,
    seconds: file === undefined ? 0 : (Date.now() - file.mtimeMs) / 1_000,
  };
  parentPort?.postMessage(waiting);
}

// The interval catches up after a second in which the machine was busy.
const startedAt = Date.now();
setInterval(() => {
  if (segment <= (Date.now() - startedAt) / 1_000) writeSegment();
}, 100);
