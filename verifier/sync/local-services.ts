import {
  type LocalReports,
  type LocalVerifierRow,
  MAX_LISTED_PER_TOKEN,
} from "#engine/aggregation/store-local-verifiers.ts";
import type { LocalService, SyncPosition } from "#engine/sync/protocol.ts";

/** Maximum number of services whose last report is remembered until it is stored. */
const MAX_SERVICES = 5_000;
/** Reports are stored together, at most this often, ms. */
const STORE_EVERY_MS = 50;

/** The services that verify keys in their own process, as they reported here, until that is stored. */
export class LocalServices {
  /** By service token and id. Null for a service that no longer answers locally. */
  readonly #reports = new Map<string, Map<string, LocalVerifierRow | null>>();
  readonly #store: (reports: LocalReports) => void;
  #size = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(store: (reports: LocalReports) => void) {
    this.#store = store;
  }

  /** `applied`: up to where all changes are applied; null if it does not answer locally. `nowMs`: epoch ms. */
  report(serviceTokenId: string, service: LocalService, applied: SyncPosition | null, nowMs: number): void {
    const reports = this.#reports.get(serviceTokenId) ?? new Map<string, LocalVerifierRow | null>();
    const isNew = !reports.has(service.id);
    if (isNew && (this.#size >= MAX_SERVICES || reports.size >= MAX_LISTED_PER_TOKEN)) return;
    const row = applied && {
      ...service,
      serviceTokenId,
      startedAt: Math.min(service.startedAt, nowMs),
      lastSeenAt: nowMs,
      feedSeq: applied.seq,
      feedGaps: applied.gaps.length > 0 ? applied.gaps : null,
    };
    this.#reports.set(serviceTokenId, reports.set(service.id, row));
    if (isNew) this.#size += 1;
    this.#timer ??= setTimeout(() => this.#flush(), STORE_EVERY_MS).unref();
  }

  #flush(): void {
    this.#timer = null;
    const all: LocalReports = { running: [], ended: [] };
    for (const [serviceTokenId, reports] of this.#reports) {
      for (const [id, row] of reports) {
        if (row === null) all.ended.push({ id, serviceTokenId });
        else all.running.push(row);
      }
    }
    this.#reports.clear();
    this.#size = 0;
    this.#store(all);
  }
}
