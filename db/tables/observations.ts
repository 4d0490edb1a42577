import type { Client } from "#core/client.ts";
import type { ObservationKind } from "#core/observations.ts";
import type { DenialCode, Environment, VerdictCode } from "#core/verdict.ts";
import type { Dialect } from "../dialect.ts";

/** Client observations, requests and denials: the data of dry runs, suggestions and the page of denied requests. */
export function defineObservations(d: Dialect) {
  /**
   * Allowed checks by the client's properties. A value is canonical, empty if there was none, or `*` for all values
   * beyond the bound (per secret, kind and day): a kind's counts of one day add up to that day's allowed checks.
   */
  const clientObservations = d.table(
    "client_observations",
    {
      keyId: d.text("key_id").notNull(),
      /** The key's secret that was used, to find callers that still send an old one. */
      secretId: d.text("secret_id").notNull(),
      kind: d.text<ObservationKind>("kind").notNull(),
      /** Start of the day, epoch ms, UTC. */
      day: d.instant("day").notNull(),
      value: d.text("value").notNull(),
      count: d.integer("count").notNull(),
      lastSeenAt: d.instant("last_seen_at").notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.keyId, t.kind, t.day, t.secretId, t.value] }),
      d.index("client_observations_day").on(t.day),
    ],
  );

  /** The latest denials of a project, real and report-only ones. `usage` has their total number. */
  const denials = d.table(
    "denials",
    {
      /** Segment and line: the same each time a segment is read. */
      id: d.text("id").primaryKey(),
      projectId: d.text("project_id").notNull(),
      keyId: d.text("key_id").notNull(),
      at: d.instant("at").notNull(),
      code: d.text<DenialCode>("code").notNull(),
      /** True if the request passed and the key's report-only restrictions would have denied it. */
      reportOnly: d.boolean("report_only").notNull(),
      environment: d.text<Environment>("environment").notNull(),
      api: d.text("api").notNull(),
      operation: d.text("operation").notNull(),
      /** As in the verdict. */
      observed: d.json<Record<string, string>>("observed").notNull(),
      /** The caller's properties, truncated and redacted. */
      client: d.json<Client>("client").notNull(),
    },
    (t) => [
      d.index("denials_project").on(t.projectId, t.reportOnly, t.at, t.id),
      d.index("denials_key").on(t.keyId, t.reportOnly, t.at, t.id),
      d.index("denials_at").on(t.at),
    ],
  );

  /** The latest checks of known keys, allowed and denied, as far as verifiers list them. `usage` counts all. */
  const requests = d.table(
    "requests",
    {
      /** Segment and line: the same each time a segment is read. */
      id: d.text("id").primaryKey(),
      /** As in the response to the service. */
      requestId: d.text("request_id").notNull(),
      projectId: d.text("project_id").notNull(),
      keyId: d.text("key_id").notNull(),
      secretId: d.text("secret_id").notNull(),
      at: d.instant("at").notNull(),
      code: d.text<VerdictCode>("code").notNull(),
      environment: d.text<Environment>("environment").notNull(),
      api: d.text("api").notNull(),
      operation: d.text("operation").notNull(),
      /** As in the verdict; empty for an allowed request. */
      observed: d.json<Record<string, string>>("observed").notNull(),
      /** As in `denials`. */
      client: d.json<Client>("client").notNull(),
    },
    (t) => [
      // A project has few enough rows that filters need no index.
      d.index("requests_project").on(t.projectId, t.at, t.id),
      d.index("requests_at").on(t.at),
    ],
  );

  /** The verdicts of report-only restrictions by hour; `VALID` for requests that they would have allowed. */
  const reportOnlyCounts = d.table(
    "report_only_counts",
    {
      keyId: d.text("key_id").notNull(),
      /** When the set was saved, epoch ms. The counts of a new set start at zero. */
      since: d.instant("since").notNull(),
      /** Start of the hour, epoch ms, UTC. */
      bucket: d.instant("bucket").notNull(),
      code: d.text<VerdictCode>("code").notNull(),
      count: d.integer("count").notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.keyId, t.since, t.bucket, t.code] }),
      d.index("report_only_counts_bucket").on(t.bucket),
    ],
  );

  return { clientObservations, denials, requests, reportOnlyCounts };
}
