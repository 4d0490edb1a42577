import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CheckEntry, writeLine } from "#engine/journal/entry.ts";

/** A journal's segment is closed at this size. */
const SEGMENT_BYTES = 12_000_000;

interface Traffic {
  keys: number;
  perSecond: number;
  seconds: number;
  /** Epoch ms. */
  fromMs: number;
}

/** Writes the closed segments of a verifier that answered allowed requests of random keys, each from its own address. */
export function writeJournal(
  dir: string,
  { keys, perSecond, seconds, fromMs }: Traffic,
): { segments: number; bytes: number } {
  let [segments, bytes, all] = [0, 0, 0];
  let lines: string[] = [];
  const close = () => {
    writeFileSync(join(dir, `seg_${String(segments++).padStart(22, "0")}.closed`), lines.join(""));
    all += bytes;
    lines = [];
    bytes = 0;
  };
  const random = sequence();
  for (let n = 0; n < perSecond * seconds; n++) {
    const line = writeLine(
      entryOf(Math.floor(random() * keys), fromMs + Math.floor((n / perSecond) * 1_000)),
    );
    lines.push(line);
    bytes += line.length;
    if (bytes >= SEGMENT_BYTES) close();
  }
  if (bytes > 0) close();
  return { segments, bytes: all };
}

/** A check of a key. */
export function entryOf(key: number, atMs: number): CheckEntry {
  const id = String(key).padStart(7, "0");
  return {
    atMs,
    code: "VALID",
    projectId: `prj_${key % 1_000}`,
    keyId: `key_${id}`,
    secretId: `sec_${id}`,
    api: "badges",
    operation: "badges.list",
    environment: "live",
    units: 1,
    seen: { address: `10.${key >> 16}.${(key >> 8) & 255}.${key & 255}`, origin: "", app: "" },
    trial: null,
    details: null,
  };
}

/** Numbers from 0 to 1, the same in each run. */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}
