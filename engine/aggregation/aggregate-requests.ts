import { readDetails } from "../journal/entry.ts";
import { readRequestLine } from "../journal/request-line.ts";
import type { ListedEntry } from "./listed-entry.ts";
import { detachedCopy } from "./read-lines.ts";

/** A request to store, in the order of the table's columns. */
export type RequestRow = [
  id: string,
  requestId: string,
  projectId: string,
  keyId: string,
  secretId: string,
  at: number,
  code: string,
  environment: string,
  api: string,
  operation: string,
  observed: Record<string, string>,
  client: object,
];

/** How many requests of a project, and of all, one write stores: while counting is behind, only the newest. */
export const MAX_PER_WRITE = { project: 250, all: 5_000 };

interface PendingRequest {
  id: string;
  atMs: number;
  entry: ListedEntry;
  /** As in the journal. */
  line: string;
}

/** The listed requests of a few segments. */
export class RequestAggregate {
  #pending: PendingRequest[] = [];

  /** Adds the request of an entry. `line` preceded it; `id`: the segment and the line. */
  add(entry: ListedEntry, line: string, atMs: number, id: string): void {
    this.#pending.push({ id, atMs, entry, line: detachedCopy(line) });
    if (this.#pending.length >= 2 * MAX_PER_WRITE.all) this.#pending = newest(this.#pending);
  }

  get rows(): RequestRow[] {
    return newest(this.#pending).flatMap(rowOf);
  }
}

/** Oldest first. */
function newest(pending: readonly PendingRequest[]): PendingRequest[] {
  const counts = new Map<string, number>();
  const latestFirst = pending.toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
  const kept = latestFirst.filter(({ entry: { projectId } }) => {
    const count = counts.get(projectId) ?? 0;
    counts.set(projectId, count + 1);
    return count < MAX_PER_WRITE.project;
  });
  return kept.slice(0, MAX_PER_WRITE.all).reverse();
}

/** Empty if the line can't be parsed. */
function rowOf({ id, atMs, entry, line }: PendingRequest): RequestRow[] {
  const listed = readRequestLine(line);
  if (listed === null) return [];
  const { projectId, keyId, secretId, code, environment, api, operation } = entry;
  // The details of an allowed request are those of report-only restrictions.
  const observed = code === "VALID" ? {} : (readDetails(entry.details)?.observed ?? {});
  const of = [projectId, keyId, secretId, atMs, code, environment, api, operation] as const;
  return [[id, listed.requestId, ...of, observed, listed.client]];
}
