import { OTHERS, type SightingKind } from "#core/sightings.ts";
import { type CountedEntry, sightingsIn } from "./entry.ts";
import { DAY_MS, startOf } from "./time.ts";

/** A row to add to `sightings`, in the order of its columns. */
export type SightingRow = [
  keyId: string,
  secretId: string,
  kind: SightingKind,
  day: number,
  value: string,
  count: number,
  lastSeenAt: number,
];

/** What is kept apart together: one kind of one secret on one day. */
export type SightingGroup = [keyId: string, secretId: string, kind: SightingKind, day: number];

/** Values of a group, at most; what comes beyond it counts among the others. */
export const VALUES_MOST = 400;
/** A group with fewer new values than this can wait until the next general folding. */
const VALUES_MANY = 20;

/** Where passed checks came from. */
export class SightingTally {
  readonly #rows = new Map<string, SightingRow>();
  /** How many values each group has. */
  readonly #sizes = new Map<string, number>();

  add({ keyId, secretId, atMs, seen }: CountedEntry): void {
    if (seen === null) return;
    const day = startOf(DAY_MS, atMs);
    for (const [kind, value] of sightingsIn(seen)) {
      const groupId = `${secretId}\t${kind}\t${day}`;
      if (this.#count(`${groupId}\t${value}`, atMs)) continue;
      const size = this.#sizes.get(groupId) ?? 0;
      const kept = size < VALUES_MOST ? value : OTHERS;
      if (kept === OTHERS && this.#count(`${groupId}\t${OTHERS}`, atMs)) continue;
      this.#sizes.set(groupId, size + 1);
      this.#rows.set(`${groupId}\t${kept}`, [keyId, secretId, kind, day, kept, 1, atMs]);
    }
  }

  get size(): number {
    return this.#rows.size;
  }

  get rows(): SightingRow[] {
    return [...this.#rows.values()];
  }

  /** Groups that grew by so much that they may be over their bound. */
  get crowded(): SightingGroup[] {
    const found = new Map<string, SightingGroup>();
    for (const [keyId, secretId, kind, day] of this.#rows.values()) {
      const groupId = `${secretId}\t${kind}\t${day}`;
      if ((this.#sizes.get(groupId) ?? 0) >= VALUES_MANY) found.set(groupId, [keyId, secretId, kind, day]);
    }
    return [...found.values()];
  }

  /** One more of a value that is there already; false for one that is not. */
  #count(id: string, atMs: number): boolean {
    const row = this.#rows.get(id);
    if (row === undefined) return false;
    row[5]++;
    if (row[6] < atMs) row[6] = atMs;
    return true;
  }
}
