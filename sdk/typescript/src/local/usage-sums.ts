import { OTHERS } from "../../../../core/other-values.ts";
import { MINUTE_MS, startOf } from "../../../../core/time.ts";
import { detachedCopy } from "../../../../engine/aggregation/read-lines.ts";
import type { CheckEntry } from "../../../../engine/journal/entry.ts";
import { MAX_BATCH_ENTRIES, MAX_USAGE_BYTES, type UsageEntry } from "../../../../engine/sync/protocol.ts";

/** Maximum number of different entries in memory: several thousand callers a second. */
const MAX_ENTRIES = 50_000;
/** Maximum number of denials with their details; further ones are only counted. A list of denials shows the newest few. */
const MAX_DETAILS = 1_000;
/** Without the text around the entries. */
const MAX_ENTRIES_BYTES = MAX_USAGE_BYTES - 16 * 1_024;

/**
 * Adds up equal answers of one minute. The entries that result from a list of answers must never change: after a crash
 * they are sent again, and what was counted before is recognized by its place.
 */
export class UsageSums {
  #entries = new Map<string, UsageEntry>();
  #denials: UsageEntry[] = [];
  /** The last entry of each secret: most answers about a key equal the one before. */
  readonly #last = new Map<string, UsageEntry>();

  get size(): number {
    return this.#entries.size + this.#denials.length;
  }

  add(answer: CheckEntry): void {
    const { details } = answer;
    if (details !== null && this.#denials.length < MAX_DETAILS) {
      this.#denials.push(entryOf(answer, details));
      return;
    }
    const last = this.#last.get(answer.secretId);
    if (last !== undefined && isSame(last, answer)) {
      countAgain(last, answer);
      return;
    }
    const seen = answer.seen && this.#entries.size >= MAX_ENTRIES ? ALL_OTHERS : answer.seen;
    const key = keyOf(answer, seen);
    const known = this.#entries.get(key);
    const entry = known ?? { ...entryOf(answer, null), seen: seen && detachedCopies(seen) };
    if (known !== undefined) countAgain(known, answer);
    else this.#entries.set(key, entry);
    this.#last.set(answer.secretId, entry);
  }

  /** Removes all entries, in batches that each fit into a request. */
  takeBatches(): UsageEntry[][] {
    const batches: UsageEntry[][] = [];
    let batch: UsageEntry[] = [];
    let bytes = 0;
    for (const entry of [...this.#entries.values(), ...this.#denials]) {
      // A character has at most three bytes in UTF-8.
      const size = 3 * JSON.stringify(entry).length;
      if (batch.length === MAX_BATCH_ENTRIES || bytes + size > MAX_ENTRIES_BYTES) {
        batches.push(batch);
        batch = [];
        bytes = 0;
      }
      batch.push(entry);
      bytes += size;
    }
    if (batch.length > 0) batches.push(batch);
    this.#entries = new Map();
    this.#denials = [];
    this.#last.clear();
    return batches;
  }
}

function countAgain(entry: UsageEntry, { atMs }: CheckEntry): void {
  entry.count++;
  if (entry.atMs < atMs) entry.atMs = atMs;
}

/** Whether `keyOf` is the same for both, which have the same secret. */
function isSame(entry: UsageEntry, answer: CheckEntry): boolean {
  const { seen, trial } = entry;
  return (
    startOf(MINUTE_MS, entry.atMs) === startOf(MINUTE_MS, answer.atMs) &&
    entry.code === answer.code &&
    entry.api === answer.api &&
    entry.operation === answer.operation &&
    entry.units === answer.units &&
    seen?.address === answer.seen?.address &&
    seen?.origin === answer.seen?.origin &&
    seen?.app === answer.seen?.app &&
    trial?.since === answer.trial?.since &&
    trial?.code === answer.trial?.code
  );
}

/** Observed values may be parts of a long header. */
function detachedCopies({ address, origin, app }: NonNullable<CheckEntry["seen"]>): CheckEntry["seen"] {
  return { address: detachedCopy(address), origin: detachedCopy(origin), app: detachedCopy(app) };
}

const ALL_OTHERS = { address: OTHERS, origin: OTHERS, app: OTHERS };

function keyOf(answer: CheckEntry, seen: CheckEntry["seen"]): string {
  const { atMs, code, secretId, api, operation, units, trial } = answer;
  const from = seen === null ? "" : `${seen.address}\t${seen.origin}\t${seen.app}`;
  const reportOnly = trial === null ? "" : `${trial.since}\t${trial.code}`;
  return `${startOf(MINUTE_MS, atMs)}\t${code}\t${secretId}\t${api}\t${operation}\t${units}\t${from}\t${reportOnly}`;
}

function entryOf(answer: CheckEntry, details: UsageEntry["details"]): UsageEntry {
  const { atMs, code, secretId, api, operation, units, seen, trial } = answer;
  return { atMs: Math.floor(atMs), code, secretId, api, operation, units, count: 1, seen, trial, details };
}
