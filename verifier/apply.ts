import { createReadStream } from "node:fs";
import { unlink } from "node:fs/promises";
import type { Db } from "#db/open.ts";
import { addUsage, noteUses } from "./add-up.ts";
import { readLine } from "./entry.ts";
import { finishedSegments, type SegmentFile } from "./segments.ts";
import { Tally } from "./tally.ts";

/** Rows a transaction: few enough that nobody who writes meanwhile waits long. */
const PART = 5_000;

/** Counts every finished segment below `dir` and deletes it. Resolves with how many checks were counted. */
export async function applySegments(db: Db, dir: string, nowMs: () => number): Promise<number> {
  let counted = 0;
  for (const segment of await finishedSegments(dir)) {
    counted += await applySegment(db, segment, nowMs());
  }
  return counted;
}

/**
 * Counts one segment exactly once: each part's sums and the note that it is counted commit together, and the
 * file goes only after the last. Whoever dies in between leaves a file whose counted parts are skipped.
 */
async function applySegment(db: Db, { id, path }: SegmentFile, nowMs: number): Promise<number> {
  const tally = await readSegment(path);
  const { rows, keyUses, secretUses } = tally;
  for (let at = 0; at < rows.length; at += PART) {
    await db.write(async (tx) => {
      const noted = await tx.q
        .insert(tx.t.journalSegments)
        .values({ id: `${id}/${at}`, appliedAt: nowMs, lines: at === 0 ? tally.lines : 0 })
        .onConflictDoNothing()
        .returning({ id: tx.t.journalSegments.id });
      if (noted.length > 0) await addUsage(tx, rows.slice(at, at + PART));
    });
  }
  for (let at = 0; at < Math.max(keyUses.length, secretUses.length); at += PART) {
    await db.write((tx) => noteUses(tx, keyUses.slice(at, at + PART), secretUses.slice(at, at + PART)));
  }
  await unlink(path);
  return tally.lines;
}

async function readSegment(path: string): Promise<Tally> {
  const tally = new Tally();
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    // Not `readline`: that one also breaks lines where Unicode has separators, which an operation may hold.
    const lines = `${rest}${chunk}`.split("\n");
    // What no line break ends yet; at the end of the file, what a death cut short.
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const entry = readLine(line);
      if (entry) tally.add(entry);
    }
  }
  return tally;
}
