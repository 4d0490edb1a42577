import type { LocalReports, LocalVerifierRow } from "#engine/aggregation/store-local-verifiers.ts";
import type { LocalService, SyncPlace } from "#engine/sync/protocol.ts";

/** The most services whose last report is remembered until it is stored. */
const MAX_SERVICES = 5_000;
/** Reports are stored together, at most this often, ms. */
const STORE_EVERY_MS = 50;

/** The services that verify keys in their own process, as they reported here, until that is stored. */
export class LocalServices {
  /** Null for a service that no longer answers locally. */
  readonly #reports = new Map<string, LocalVerifierRow | null>();
  readonly #store: (reports: LocalReports) => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(store: (reports: LocalReports) => void) {
    this.#store = store;
  }

  /** `applied`: up to where all changes are applied; null if it does not answer locally. `nowMs`: epoch ms. */
  report(serviceTokenId: string, service: LocalService, applied: SyncPlace | null, nowMs: number): void {
    if (this.#reports.size >= MAX_SERVICES && !this.#reports.has(service.id)) return;
    const row = applied && {
      ...service,
      serviceTokenId,
      startedAt: Math.min(service.startedAt, nowMs),
      lastSeenAt: nowMs,
      feedSeq: applied.seq,
      feedGaps: applied.gaps.length > 0 ? applied.gaps : null,
    };
    this.#reports.set(service.id, row);
    this.#timer ??= setTimeout(() => this.#flush(), STORE_EVERY_MS).unref();
  }

  #flush(): void {
    this.#timer = null;
    const reports: LocalReports = { running: [], ended: [] };
    for (const [id, row] of this.#reports) {
      if (row === null) reports.ended.push(id);
      else reports.running.push(row);
    }
    this.#reports.clear();
    this.#store(reports);
  }
}
