import { type DenialDetails, readDetails } from "../journal/entry.ts";
import type { ListedEntry } from "./listed-entry.ts";

/** A denial to store, in the order of the table's columns. */
export type DenialRow = [
  id: string,
  projectId: string,
  keyId: string,
  at: number,
  code: string,
  reportOnly: boolean,
  environment: string,
  api: string,
  operation: string,
  observed: DenialDetails["observed"],
  client: DenialDetails["client"],
];

/** Kept are a project's newest denials and each key's newest, so that a noisy key can't displace the others'. */
export const MAX_DENIALS_PER_PROJECT = 1_000;
export const MAX_DENIALS_PER_KEY = 100;
/** Denials of keys, beyond the project's newest, in one write: an attack on many keys must not cost one row per call. */
const MAX_EXTRA_PER_WRITE = 200;
/** A list with fewer new denials than this is trimmed by the next `prune`. */
const OVERFULL_AFTER = 200;
/** A list in memory is trimmed at this length, so that hostile traffic can't exhaust memory. */
const MAX_PENDING = 4 * MAX_DENIALS_PER_PROJECT;

/** A denial whose details are not parsed yet: most of a flood are dropped before they need to be. */
interface PendingDenial {
  id: string;
  atMs: number;
  entry: ListedEntry;
}

/** The denials of a few segments that may have to be stored. */
export class DenialAggregate {
  /** By project; report-only denials are listed separately. */
  readonly #lists = new Map<string, { pending: PendingDenial[]; added: number }>();

  #size = 0;

  /** How many denials are in memory. */
  get size(): number {
    return this.#size;
  }

  /** Adds an entry that has details, with time `atMs`. `id`: the segment and the line. */
  add(entry: ListedEntry, atMs: number, id: string): void {
    const listId = `${entry.projectId}\t${isReportOnly(entry)}`;
    const list = this.#lists.get(listId) ?? { pending: [], added: 0 };
    list.pending.push({ id, atMs, entry });
    list.added++;
    this.#size++;
    if (list.pending.length >= MAX_PENDING) {
      this.#size -= list.pending.length;
      list.pending = newest(list.pending);
      this.#size += list.pending.length;
    }
    this.#lists.set(listId, list);
  }

  /** Lists with so many new denials that they should be trimmed right away. */
  get overLimit(): { projectId: string; reportOnly: boolean }[] {
    return [...this.#lists.values()].flatMap(({ pending: [first], added }) =>
      first && added >= OVERFULL_AFTER
        ? [{ projectId: first.entry.projectId, reportOnly: isReportOnly(first.entry) }]
        : [],
    );
  }

  get rows(): DenialRow[] {
    return [...this.#lists.values()].flatMap(({ pending }) => newest(pending).flatMap(rowOf));
  }
}

function isReportOnly({ code }: ListedEntry): boolean {
  return code === "VALID";
}

/** Empty if the details can't be parsed. The request is counted anyway. */
function rowOf({ id, atMs, entry }: PendingDenial): DenialRow[] {
  const { projectId, keyId, environment, api, operation } = entry;
  const details = readDetails(entry.details);
  if (details === null) return [];
  const { code, observed, client } = details;
  const reportOnly = isReportOnly(entry);
  return [[id, projectId, keyId, atMs, code, reportOnly, environment, api, operation, observed, client]];
}

/** Oldest first: denials that can be among the newest of their project, and some of the newest of their keys. */
function newest(pending: PendingDenial[]): PendingDenial[] {
  const countByKey = new Map<string, number>();
  let extraLeft = MAX_EXTRA_PER_WRITE;
  const latestFirst = pending.toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
  const kept = latestFirst.filter(({ entry: { keyId } }, rank) => {
    const rankInKey = countByKey.get(keyId) ?? 0;
    countByKey.set(keyId, rankInKey + 1);
    if (rank < MAX_DENIALS_PER_PROJECT) return true;
    return rankInKey < MAX_DENIALS_PER_KEY && extraLeft-- > 0;
  });
  return kept.reverse();
}
