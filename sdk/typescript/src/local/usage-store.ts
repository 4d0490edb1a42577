import { mkdir, rm, stat } from "node:fs/promises";
import { newId } from "../../../../core/ids.ts";
import { DAY_MS } from "../../../../core/time.ts";
import { readLines } from "../../../../engine/aggregation/read-lines.ts";
import { type CheckEntry, readDetails, readLine, writeLine } from "../../../../engine/journal/entry.ts";
import { Journal } from "../../../../engine/journal/journal.ts";
import { acquireLease, claimAbandonedDirectories, type Lease } from "../../../../engine/journal/lease.ts";
import {
  finishedSegments,
  largestOfEach,
  oldestFirst,
  uncounted,
} from "../../../../engine/journal/segments.ts";
import type { ReportedUsage } from "../../../../engine/sync/protocol.ts";
import { UsageSums } from "./usage-sums.ts";

/** More unreported answers than this, and a verifier is asked instead. */
const MAX_ENTRIES = 100_000;
const MAX_JOURNAL_BYTES = 1_024 * 1_024 * 1_024;
/** Verifiers recognize a batch that they have counted for 30 days. */
const MAX_AGE_MS = 25 * DAY_MS;

/** A batch to report, and what to call once a verifier has accepted it. */
export interface PendingBatch {
  batch: ReportedUsage;
  settle(): void;
}

/** Keeps answers until a verifier has accepted them. */
export interface UsageStore {
  /** Stores an answer, which may be given once this is true. False: it can't be stored. */
  record(answer: CheckEntry): boolean | Promise<boolean>;
  /** No further answer can be stored now. */
  readonly isFull: boolean;
  /** What is to be reported, oldest first. A batch that is not settled comes again, with the same id and entries. */
  pending(): AsyncGenerator<PendingBatch>;
  /** Resolves with how many answers are lost: those that no verifier has accepted, unless they are in files. */
  close(): Promise<number>;
}

/** How many answers a batch has. */
export function answersIn({ entries }: ReportedUsage): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

export async function openUsageStore(journalDir: string | undefined, id: string): Promise<UsageStore> {
  return journalDir === undefined ? new MemoryStore() : JournalStore.open(journalDir, id);
}

/** In memory: what was not reported is lost with the process. */
class MemoryStore implements UsageStore {
  readonly #sums = new UsageSums();
  readonly #unsettled = new Set<ReportedUsage>();
  #unsettledEntries = 0;

  record(answer: CheckEntry): true {
    this.#sums.add(answer);
    return true;
  }

  get isFull(): boolean {
    return this.#sums.size + this.#unsettledEntries >= MAX_ENTRIES;
  }

  async *pending(): AsyncGenerator<PendingBatch> {
    this.#makeBatches();
    for (const batch of this.#unsettled) {
      const settle = () => {
        if (this.#unsettled.delete(batch)) this.#unsettledEntries -= batch.entries.length;
      };
      yield { batch, settle };
    }
  }

  async close(): Promise<number> {
    this.#makeBatches();
    return [...this.#unsettled].reduce((sum, batch) => sum + answersIn(batch), 0);
  }

  #makeBatches(): void {
    for (const entries of this.#sums.takeBatches()) {
      this.#unsettled.add({ id: `${newId("segment")}.0`, entries });
      this.#unsettledEntries += entries.length;
    }
  }
}

/** In files, as a verifier does: an answer is written before it is given, and a dead process's answers are reported. */
class JournalStore implements UsageStore {
  readonly #root: string;
  readonly #lease: Lease;
  readonly #journal: Journal;

  static async open(root: string, id: string): Promise<JournalStore> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    return new JournalStore(root, await acquireLease(root, id));
  }

  private constructor(root: string, lease: Lease) {
    this.#root = root;
    this.#lease = lease;
    this.#journal = new Journal(lease.dir, { maxBytes: MAX_JOURNAL_BYTES });
  }

  record(answer: CheckEntry): Promise<boolean> {
    return new Promise((resolve) => this.#journal.append(writeLine(answer), resolve));
  }

  get isFull(): boolean {
    return !this.#journal.healthy || this.#journal.isFull;
  }

  async *pending(): AsyncGenerator<PendingBatch> {
    const { dir } = this.#lease;
    this.#journal.probe();
    this.#journal.rotate();
    await claimAbandonedDirectories(this.#root, dir);
    const written = this.#journal.bytes;
    this.#journal.setUncounted((await uncounted(dir, Date.now())).bytes, written);
    const { largest, copies } = await largestOfEach(await finishedSegments(dir));
    for (const { path } of copies) await rm(path, { force: true });
    for (const { id, path } of await oldestFirst(largest)) {
      const batches = (await isTooOld(path)) ? [] : await readBatches(path);
      let left = batches.length;
      for (const [index, entries] of batches.entries()) {
        yield { batch: { id: `${id}.${index}`, entries }, settle: () => void left-- };
      }
      if (left === 0) await rm(path, { force: true });
    }
  }

  async close(): Promise<number> {
    this.#journal.rotate();
    await this.#lease.release();
    if ((await finishedSegments(this.#lease.dir, true)).length === 0)
      await rm(this.#lease.dir, { recursive: true, force: true });
    return 0;
  }
}

async function isTooOld(path: string): Promise<boolean> {
  return Date.now() - (await stat(path)).mtimeMs > MAX_AGE_MS;
}

/** The same batches each time a file is read. */
async function readBatches(path: string): Promise<ReportedUsage["entries"][]> {
  const sums = new UsageSums();
  for await (const lines of readLines(path)) {
    for (const line of lines) {
      const entry = readLine(line);
      if (entry !== null) sums.add({ ...entry, details: entry.details ? readDetails(entry.details) : null });
    }
  }
  return sums.takeBatches();
}
