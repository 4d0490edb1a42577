import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ExpiringTokens } from "#domain/access/expiring-tokens.ts";
import type { ExportMetrics } from "#domain/billing/export/export-metrics.ts";
import { diskSpaceOf } from "#platform/disk-space.ts";
import type { CloseReason } from "#platform/http/create-server.ts";
import { jobStats } from "./job-stats.ts";

export type PortalRequestKind = "page" | "action" | "api" | "file";

interface MetricsOptions {
  version: string;
  dataDir: string;
  /** Why the portal is not ready; null if it is. */
  unreadyReason: () => string | null;
  databaseAvailable: () => Promise<boolean>;
  /** Tokens in use that expire soon. */
  expiringTokens: () => Promise<ExpiringTokens>;
  /** The billing exports that are not paused. */
  exportMetrics: () => Promise<ExportMetrics[]>;
}

/** What is known about each billing export. */
const EXPORT_GAUGES: [name: string, help: string, read: (state: ExportMetrics) => number | null][] = [
  ["lag_seconds", "How far a billing export is behind the closed hours.", ({ lagSeconds }) => lagSeconds],
  ["failures", "Failed attempts of a billing export in a row.", ({ failures }) => failures],
  [
    "last_error_timestamp_seconds",
    "When the last attempt of a billing export failed. Missing if it succeeded.",
    ({ lastErrorAt }) => (lastErrorAt === null ? null : lastErrorAt / 1_000),
  ],
  ["held_events", "Billing events that wait for an administrator.", ({ heldEvents }) => heldEvents],
];

/** All of them are shown from the start, so that an increase is seen. */
const CLOSE_REASONS: readonly CloseReason[] = ["pipelined", "stalled"];

/** Upper bounds of the buckets, seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The portal's metrics (Prometheus text). They name no user, project or key. */
export class PortalMetrics {
  readonly #registry = new Registry();
  readonly #duration: Histogram<"kind" | "status">;
  readonly #closed: Counter<"reason">;

  constructor({
    version,
    dataDir,
    unreadyReason,
    databaseAvailable,
    expiringTokens,
    exportMetrics,
  }: MetricsOptions) {
    const registers = [this.#registry];
    this.#duration = new Histogram({
      name: "latchkey_portal_request_duration_seconds",
      help: "From the end of a request's headers to the end of its response.",
      labelNames: ["kind", "status"],
      buckets: BUCKETS,
      registers,
    });
    this.#closed = new Counter({
      name: "latchkey_portal_connections_closed_total",
      help: "Connections that the portal closed because of what their clients did.",
      labelNames: ["reason"],
      registers,
    });
    for (const reason of CLOSE_REASONS) this.#closed.inc({ reason }, 0);
    this.#gauge("latchkey_portal_ready", "1 if /readyz answers 200.", () =>
      unreadyReason() === null ? 1 : 0,
    );
    this.#gauge("latchkey_portal_database_up", "1 if the database answers.", async () =>
      (await databaseAvailable()) ? 1 : 0,
    );
    const disk = () => diskSpaceOf(dataDir);
    this.#gauge(
      "latchkey_disk_free_bytes",
      "Space left for the data directory.",
      async () => (await disk()).free,
    );
    this.#gauge("latchkey_disk_size_bytes", "Size of its file system.", async () => (await disk()).total);
    new Counter({
      name: "latchkey_portal_job_failures_total",
      help: "Failed runs of background jobs.",
      labelNames: ["name"],
      registers,
      collect() {
        this.reset();
        for (const [name, { failures }] of jobStats()) this.inc({ name }, failures);
      },
    });
    new Gauge({
      name: "latchkey_portal_job_last_success_timestamp_seconds",
      help: "When each background job last succeeded.",
      labelNames: ["name"],
      registers,
      collect() {
        for (const [name, { lastSuccessAt }] of jobStats()) this.set({ name }, lastSuccessAt / 1_000);
      },
    });
    new Gauge({
      name: "latchkey_portal_tokens_expiring",
      help: "Tokens that expire within 7 days and were used within 7 days, by whose they are.",
      labelNames: ["kind"],
      registers,
      async collect() {
        // Without the database the value is missing.
        this.reset();
        const counts = await expiringTokens().catch(() => ({}));
        for (const [kind, count] of Object.entries(counts)) this.set({ kind }, count);
      },
    });
    for (const [name, help, read] of EXPORT_GAUGES) {
      new Gauge({
        name: `latchkey_portal_billing_export_${name}`,
        help,
        labelNames: ["export", "adapter"],
        registers,
        async collect() {
          this.reset();
          for (const state of await exportMetrics().catch(() => [])) {
            const value = read(state);
            if (value !== null) this.set({ export: state.exportId, adapter: state.adapter }, value);
          }
        },
      });
    }
    const info = { name: "latchkey_portal_info", help: "Always 1, with the version.", registers };
    new Gauge({ ...info, labelNames: ["version"] }).set({ version }, 1);
  }

  #gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        // A value that can't be read is missing, and does not hide the others.
        this.set(await Promise.resolve(read()).catch(() => Number.NaN));
      },
    });
  }

  /** Adds memory, CPU, garbage collection and event loop lag. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Counts a response. */
  took(kind: PortalRequestKind, status: number, ms: number): void {
    this.#duration.observe({ kind, status }, ms / 1_000);
  }

  /** Counts a connection that the portal closed. */
  closed(reason: CloseReason): void {
    this.#closed.inc({ reason });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
