import type { CheckEntry, Told } from "./entry.ts";

/** A refusal to be kept, in the order of the table's columns. */
export type RefusalRow = [
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
export const KEPT_OF_PROJECT = 1_000;
export const KEPT_OF_KEY = 100;
/** Of one segment, so many beyond the project's newest: an attack on many keys must not cost a row a call. */
const OF_KEYS_IN_SEGMENT = 200;
/** A list with fewer new ones than this can wait until the next general trimming. */
const LONG = 200;

/** The refusals of one segment that may be among those that are kept. */
export class RefusalTally {
  readonly #segmentId: string;
  /** By project, real ones and a trial's apart; oldest first. */
  readonly #lists = new Map<string, RefusalRow[]>();

  constructor(segmentId: string) {
    this.#segmentId = segmentId;
  }

  add(entry: CheckEntry, line: number): void {
    const { told, projectId, keyId, atMs, environment, api, operation } = entry;
    if (told === null) return;
    const trial = entry.code === "VALID";
    const listId = `${projectId}\t${trial}`;
    const list = this.#lists.get(listId) ?? [];
    const id = `${this.#segmentId}/${line}`;
    const { code, observed, client } = told;
    list.push([id, projectId, keyId, atMs, code, trial, environment, api, operation, observed, client]);
    this.#lists.set(listId, list);
  }

  /** Lists that grew by so much that they should be cut at once. */
  get long(): { projectId: string; trial: boolean }[] {
    return [...this.#lists.values()].flatMap((list) => {
      const [first] = list;
      return first && list.length >= LONG ? [{ projectId: first[1], trial: first[5] }] : [];
    });
  }

  get rows(): RefusalRow[] {
    return [...this.#lists.values()].flatMap(newest);
  }
}

/** Those that can still be among the newest of their project, and some that are among the newest of their key. */
function newest(list: RefusalRow[]): RefusalRow[] {
  const ofKey = new Map<string, number>();
  let left = OF_KEYS_IN_SEGMENT;
  const kept = list.toReversed().filter(([, , keyId], place) => {
    const placeInKey = ofKey.get(keyId) ?? 0;
    ofKey.set(keyId, placeInKey + 1);
    if (place < KEPT_OF_PROJECT) return true;
    return placeInKey < KEPT_OF_KEY && left-- > 0;
  });
  return kept.reverse();
}
