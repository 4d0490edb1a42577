import { OBSERVATION_KINDS, type ObservationKind, OTHERS } from "#core/observations.ts";
import { DAY_MS, startOf } from "#core/time.ts";
import type { CountedEntry } from "../journal/entry.ts";

/** A row to add to `sightings`, in the order of its columns. */
export type ObservationRow = [
  keyId: string,
  secretId: string,
  kind: ObservationKind,
  day: number,
  value: string,
  count: number,
  lastSeenAt: number,
];

/** What is kept apart together: one kind of one secret on one day. */
export type ObservationGroup = [keyId: string, secretId: string, kind: ObservationKind, day: number];

/** Values of a group, at most; the rarest beyond it count among the others. */
export const MAX_VALUES = 400;
/** Held apart while they are added up: who calls often shows it by then, however late the calls came. */
const VALUES_HELD = 2 * MAX_VALUES;
/** A group with fewer new values than this can wait until the next general folding. */
const VALUES_MANY = 20;

/** The rows of one group, by their values. */
type Values = Map<string, ObservationRow>;

/** The groups of one secret on one day. */
type SecretDay = Record<ObservationKind, Values>;

/** Where passed checks came from. */
export class ObservationAggregate {
  /** By day, and by the secret's id. */
  readonly #days = new Map<number, Map<string, SecretDay>>();
  #size = 0;

  add({ keyId, secretId, seen }: CountedEntry, atMs: number): void {
    if (seen === null) return;
    const day = startOf(DAY_MS, atMs);
    const groups = this.#groupsOf(day, secretId);
    for (const kind of OBSERVATION_KINDS) {
      const [values, value] = [groups[kind], seen[kind]];
      if (addTo(values, value, 1, atMs)) continue;
      this.#hold(values, [keyId, secretId, kind, day, value, 1, atMs]);
      if (values.size > VALUES_HELD) this.#foldRarest(values);
    }
  }

  get size(): number {
    return this.#size;
  }

  get rows(): ObservationRow[] {
    return this.#groups().flatMap((values) => {
      this.#foldRarest(values);
      return [...values.values()];
    });
  }

  /** Groups that grew by so much that they may be over their bound. */
  get crowded(): ObservationGroup[] {
    return this.#groups().flatMap((values) => {
      const [first] = values.values();
      if (first === undefined || values.size < VALUES_MANY) return [];
      const [keyId, secretId, kind, day] = first;
      return [[keyId, secretId, kind, day]];
    });
  }

  #groupsOf(day: number, secretId: string): SecretDay {
    const secrets = this.#days.get(day) ?? new Map<string, SecretDay>();
    if (secrets.size === 0) this.#days.set(day, secrets);
    const known = secrets.get(secretId);
    if (known) return known;
    const groups: SecretDay = { address: new Map(), origin: new Map(), app: new Map() };
    secrets.set(secretId, groups);
    return groups;
  }

  #groups(): Values[] {
    const secretDays = [...this.#days.values()].flatMap((secrets) => [...secrets.values()]);
    return secretDays.flatMap((groups) => OBSERVATION_KINDS.map((kind) => groups[kind]));
  }

  #hold(values: Values, row: ObservationRow): void {
    values.set(row[4], row);
    this.#size++;
  }

  /**
   * Adds the rarest beyond the bound to the others. One that calls again afterwards counts from nothing: a value's
   * count is never too high.
   */
  #foldRarest(values: Values): void {
    const named = [...values.values()].filter(([, , , , value]) => value !== "" && value !== OTHERS);
    if (named.length <= MAX_VALUES) return;
    for (const row of named.sort((a, b) => b[5] - a[5]).slice(MAX_VALUES)) {
      const [keyId, secretId, kind, day, value, count, atMs] = row;
      values.delete(value);
      this.#size--;
      if (!addTo(values, OTHERS, count, atMs)) {
        this.#hold(values, [keyId, secretId, kind, day, OTHERS, count, atMs]);
      }
    }
  }
}

/** Some more of a value that is there already; false for one that is not. */
function addTo(values: Values, value: string, count: number, atMs: number): boolean {
  const row = values.get(value);
  if (row === undefined) return false;
  row[5] += count;
  if (row[6] < atMs) row[6] = atMs;
  return true;
}
