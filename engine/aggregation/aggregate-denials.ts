import { type CountedEntry, readTold, type Told } from "../journal/entry.ts";

/** A refusal to be kept, in the order of the table's columns. */
export type DenialRow = [
  id: string,
  projectId: string,
  keyId: string,
  at: number,
  code: string,
  trial: boolean,
  environment: string,
  api: string,
  operation: string,
  observed: Told["observed"],
  client: Told["client"],
];

/** Of a project the newest, and of each of its keys the newest: a noisy key leaves the others theirs. */
export const MAX_DENIALS_PER_PROJECT = 1_000;
export const MAX_DENIALS_PER_KEY = 100;
/** At once, so many beyond the project's newest: an attack on many keys must not cost a row a call. */
const OF_KEYS_AT_ONCE = 200;
/** A list with fewer new ones than this can wait until the next general trimming. */
const LONG = 200;
/** A list is cut in between when it has as many: what is kept of hostile traffic is bounded. */
const HELD_MOST = 4 * MAX_DENIALS_PER_PROJECT;

/** A refusal whose line's last field is not read yet: most of a flood need not be. */
interface Held {
  id: string;
  atMs: number;
  entry: CountedEntry;
}

/** The refusals of a few segments that may be among those that are kept. */
export class DenialAggregate {
  /** By project, real ones and a trial's apart. */
  readonly #lists = new Map<string, { held: Held[]; added: number }>();

  /** An entry of which something is told, as of `atMs`. `id`: the segment and the line. */
  add(entry: CountedEntry, atMs: number, id: string): void {
    const listId = `${entry.projectId}\t${isTrial(entry)}`;
    const list = this.#lists.get(listId) ?? { held: [], added: 0 };
    list.held.push({ id, atMs, entry });
    list.added++;
    if (list.held.length >= HELD_MOST) list.held = newest(list.held);
    this.#lists.set(listId, list);
  }

  /** Lists that grew by so much that they should be cut at once. */
  get long(): { projectId: string; trial: boolean }[] {
    return [...this.#lists.values()].flatMap(({ held: [first], added }) =>
      first && added >= LONG ? [{ projectId: first.entry.projectId, trial: isTrial(first.entry) }] : [],
    );
  }

  get rows(): DenialRow[] {
    return [...this.#lists.values()].flatMap(({ held }) => newest(held).flatMap(rowOf));
  }
}

function isTrial({ code }: CountedEntry): boolean {
  return code === "VALID";
}

/** None for what can't be read: it counts all the same. */
function rowOf({ id, atMs, entry }: Held): DenialRow[] {
  const { projectId, keyId, environment, api, operation } = entry;
  const told = readTold(entry.told);
  if (told === null) return [];
  const { code, observed, client } = told;
  const trial = isTrial(entry);
  return [[id, projectId, keyId, atMs, code, trial, environment, api, operation, observed, client]];
}

/** Oldest first: those that can still be among the newest of their project, and some that are among their key's. */
function newest(held: Held[]): Held[] {
  const ofKey = new Map<string, number>();
  let left = OF_KEYS_AT_ONCE;
  const latestFirst = held.toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
  const kept = latestFirst.filter(({ entry: { keyId } }, place) => {
    const placeInKey = ofKey.get(keyId) ?? 0;
    ofKey.set(keyId, placeInKey + 1);
    if (place < MAX_DENIALS_PER_PROJECT) return true;
    return placeInKey < MAX_DENIALS_PER_KEY && left-- > 0;
  });
  return kept.reverse();
}
