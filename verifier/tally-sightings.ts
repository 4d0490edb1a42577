import { OTHERS, type SightingKind } from "#core/sightings.ts";
import { type CheckEntry, sightingsIn } from "./entry.ts";
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

interface Seen {
  count: number;
  lastSeenAt: number;
}

/** Where the passed checks of one segment came from. */
export class SightingTally {
  readonly #groups = new Map<string, { group: SightingGroup; values: Map<string, Seen> }>();

  add({ keyId, secretId, atMs, seen }: CheckEntry): void {
    if (seen === null) return;
    const day = startOf(DAY_MS, atMs);
    for (const [kind, value] of sightingsIn(seen)) {
      const values = this.#valuesOf(keyId, secretId, kind, day);
      const kept = values.has(value) || values.size < VALUES_MOST ? value : OTHERS;
      const known = values.get(kept);
      if (known === undefined) values.set(kept, { count: 1, lastSeenAt: atMs });
      else {
        known.count++;
        if (known.lastSeenAt < atMs) known.lastSeenAt = atMs;
      }
    }
  }

  get rows(): SightingRow[] {
    const rows: SightingRow[] = [];
    for (const { group, values } of this.#groups.values()) {
      for (const [value, { count, lastSeenAt }] of values) rows.push([...group, value, count, lastSeenAt]);
    }
    return rows;
  }

  /** Groups that grew by so much that they may be over their bound. */
  get crowded(): SightingGroup[] {
    const crowded: SightingGroup[] = [];
    for (const { group, values } of this.#groups.values())
      if (values.size >= VALUES_MANY) crowded.push(group);
    return crowded;
  }

  #valuesOf(keyId: string, secretId: string, kind: SightingKind, day: number): Map<string, Seen> {
    const id = `${secretId}\t${kind}\t${day}`;
    let found = this.#groups.get(id);
    if (found === undefined) {
      found = { group: [keyId, secretId, kind, day], values: new Map() };
      this.#groups.set(id, found);
    }
    return found.values;
  }
}
