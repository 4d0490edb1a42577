import { OBSERVATION_KINDS, type ObservationKind } from "#core/observations.ts";
import { OTHERS } from "#core/other-values.ts";
import { DAY_MS, startOf } from "#core/time.ts";
import type { CountedEntry } from "../journal/entry.ts";
import { detachedCopy } from "./read-lines.ts";

/** A row to add to `client_observations`, in the order of its columns. */
export type ObservationRow = [
  keyId: string,
  secretId: string,
  kind: ObservationKind,
  day: number,
  value: string,
  count: number,
  lastSeenAt: number,
];

/** Identifies the values of one kind, for one secret on one day. */
export type ObservationGroup = [keyId: string, secretId: string, kind: ObservationKind, day: number];

/** Maximum number of values of a group. The rarest beyond it are counted as `OTHERS`. */
export const MAX_VALUES = 400;
/** Maximum number of values of a group in memory. Twice as many, so that a frequent caller that starts late is recognized. */
const MAX_PENDING_VALUES = 2 * MAX_VALUES;
/** A group with fewer new values than this is merged by the next `prune`. */
const OVERFULL_AFTER = 20;

/** The rows of one group. Most have one or a few, which a list finds faster and in less memory than a map. */
class Values {
  #rows: ObservationRow[];
  #byValue: Map<string, ObservationRow> | null = null;

  constructor(first: ObservationRow) {
    this.#rows = [first];
  }

  get size(): number {
    return this.#byValue?.size ?? this.#rows.length;
  }

  get rows(): ObservationRow[] {
    return this.#byValue ? [...this.#byValue.values()] : this.#rows;
  }

  get(value: string): ObservationRow | undefined {
    return this.#byValue ? this.#byValue.get(value) : this.#rows.find((row) => row[4] === value);
  }

  add(row: ObservationRow): void {
    if (this.#byValue === null && this.#rows.length === MAX_LIST_LENGTH) {
      this.#byValue = new Map(this.#rows.map((one) => [one[4], one]));
      this.#rows = [];
    }
    if (this.#byValue) this.#byValue.set(row[4], row);
    else this.#rows.push(row);
  }

  /** Only of a group with many values. */
  delete(value: string): void {
    this.#byValue?.delete(value);
  }
}

const MAX_LIST_LENGTH = 8;

/** The groups of one secret on one day; null for one without values. */
type SecretDay = Record<ObservationKind, Values | null>;

/**
 * The memory that a value takes, bytes, and a character of it: measured with one IP address, no site and no app for each
 * secret, which is the most that a value takes.
 */
const VALUE_BYTES = 270;

/** Counts where allowed requests came from. */
export class ObservationAggregate {
  /** By day, and by the secret's id. */
  readonly #days = new Map<number, Map<string, SecretDay>>();
  #size = 0;
  /** The characters of all values. */
  #characters = 0;
  #generation = 0;

  /** Changes when rows are removed: then those of `rowsOf` are not current anymore. */
  get generation(): number {
    return this.#generation;
  }

  /** The rows that count a request, which has been added. */
  rowsOf({ secretId, seen }: CountedEntry, atMs: number): ObservationRow[] {
    const groups = seen && this.#days.get(startOf(DAY_MS, atMs))?.get(secretId);
    if (!groups) return [];
    const rows = OBSERVATION_KINDS.map((kind) => groups[kind]?.get(seen[kind]));
    // Without `filter`, whose result reserves memory for more rows: this list is kept for each key.
    return rows.every((row) => row !== undefined) ? rows : rows.filter((row) => row !== undefined);
  }

  add({ keyId, secretId, seen, count }: CountedEntry, atMs: number): void {
    if (seen === null) return;
    const day = startOf(DAY_MS, atMs);
    const groups = this.#groupsOf(day, secretId);
    for (const kind of OBSERVATION_KINDS) {
      const [values, value] = [groups[kind], seen[kind]];
      if (values !== null && addTo(values, value, count, atMs)) continue;
      const row: ObservationRow = [keyId, secretId, kind, day, detachedCopy(value), count, atMs];
      if (values === null) groups[kind] = new Values(row);
      else values.add(row);
      this.#added(value);
      if (values !== null && values.size > MAX_PENDING_VALUES) this.#mergeRarest(values);
    }
  }

  get size(): number {
    return this.#size;
  }

  /** The memory that the values take, bytes; rows to send included. */
  get bytes(): number {
    return this.#size * VALUE_BYTES + this.#characters;
  }

  /** Forgets the values of all other keys. */
  keepOnly(isKept: (keyId: string) => boolean): void {
    this.#generation++;
    for (const secrets of this.#days.values()) {
      for (const [secretId, groups] of secrets) {
        const keyId = groups.address?.rows[0]?.[0];
        if (keyId !== undefined && isKept(keyId)) continue;
        for (const values of valuesOf(groups)) for (const row of values.rows) this.#removed(row[4]);
        secrets.delete(secretId);
      }
    }
  }

  get rows(): ObservationRow[] {
    return this.#groups().flatMap((values) => {
      this.#mergeRarest(values);
      return values.rows;
    });
  }

  /** Groups with so many new values that they may exceed `MAX_VALUES` in the database. */
  get overLimit(): ObservationGroup[] {
    return this.#groups().flatMap((values) => {
      if (values.size < OVERFULL_AFTER) return [];
      const [first] = values.rows;
      if (first === undefined) return [];
      const [keyId, secretId, kind, day] = first;
      return [[keyId, secretId, kind, day]];
    });
  }

  #groupsOf(day: number, secretId: string): SecretDay {
    const secrets = this.#days.get(day) ?? new Map<string, SecretDay>();
    if (secrets.size === 0) this.#days.set(day, secrets);
    const known = secrets.get(secretId);
    if (known) return known;
    const groups: SecretDay = { address: null, origin: null, app: null };
    secrets.set(secretId, groups);
    return groups;
  }

  #groups(): Values[] {
    const secretDays = [...this.#days.values()].flatMap((secrets) => [...secrets.values()]);
    return secretDays.flatMap(valuesOf);
  }

  #added(value: string): void {
    this.#size++;
    this.#characters += value.length;
  }

  #removed(value: string): void {
    this.#size--;
    this.#characters -= value.length;
  }

  /**
   * Merges the rarest values beyond `MAX_VALUES` into `OTHERS`. If such a value occurs again, its count restarts at
   * zero: a value's count can be too low, never too high.
   */
  #mergeRarest(values: Values): void {
    if (values.size <= MAX_VALUES) return;
    const named = values.rows.filter(([, , , , value]) => value !== "" && value !== OTHERS);
    if (named.length <= MAX_VALUES) return;
    this.#generation++;
    for (const row of named.sort((a, b) => b[5] - a[5]).slice(MAX_VALUES)) {
      const [keyId, secretId, kind, day, value, count, atMs] = row;
      values.delete(value);
      this.#removed(value);
      if (addTo(values, OTHERS, count, atMs)) continue;
      values.add([keyId, secretId, kind, day, OTHERS, count, atMs]);
      this.#added(OTHERS);
    }
  }
}

function valuesOf(groups: SecretDay): Values[] {
  return OBSERVATION_KINDS.map((kind) => groups[kind]).filter((values) => values !== null);
}

/** Increases the count of a known value. Returns false for an unknown value. */
function addTo(values: Values, value: string, count: number, atMs: number): boolean {
  const row = values.get(value);
  if (row === undefined) return false;
  row[5] += count;
  if (row[6] < atMs) row[6] = atMs;
  return true;
}
