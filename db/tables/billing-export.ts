import type { Environment } from "#core/verdict.ts";
import type { Dialect } from "../dialect.ts";

export type ExportAdapter = "cloudevents" | "stripe" | "lago";

/** Why an event is not sent. `due`: it will be sent again. */
export type HeldReason = "no-customer" | "not-billed" | "rejected" | "too-old" | "uncertain" | "due";

/** The result of a test event. */
export interface ExportTest {
  at: number;
  /** Null if it was accepted. */
  error: string | null;
  status: number | null;
}

/** Usage on its way to billing systems (`docs/decisions/0061-billing-export.md`). */
export function defineBillingExport(d: Dialect) {
  /**
   * Usage of closed hours. Rows are only added: what is counted for an hour later becomes another row with the next
   * correction number. The rows of an hour never add up to more than its usage.
   */
  const billingEvents = d.table(
    "billing_events",
    {
      /** Also the order of commits, because transactions that add rows run one after the other. */
      seq: d.sequence("seq"),
      /** Start of the hour, epoch ms. */
      hour: d.instant("hour").notNull(),
      projectId: d.text("project_id").notNull(),
      keyId: d.text("key_id").notNull(),
      /** Slug of the API. */
      api: d.text("api").notNull(),
      operation: d.text("operation").notNull(),
      environment: d.text<Environment | "">("environment").notNull(),
      /** 0 for the first event of its hour, then 1, 2, … */
      correction: d.integer("correction").notNull(),
      /** Allowed requests, and the units that they consumed, that no earlier row contains. */
      requests: d.integer("requests").notNull(),
      units: d.integer("units").notNull(),
      createdAt: d.instant("created_at").notNull(),
    },
    (t) => [
      d
        .uniqueIndex("billing_events_usage")
        .on(t.hour, t.keyId, t.api, t.operation, t.projectId, t.correction),
    ],
  );

  /** Hours whose usage is in `billing_events`, with the counts of all requests that were seen then. */
  const billingHours = d.table(
    "billing_hours",
    {
      hour: d.instant("hour").notNull(),
      checks: d.integer("checks").notNull(),
      units: d.integer("units").notNull(),
    },
    (t) => [d.uniqueIndex("billing_hours_hour").on(t.hour)],
  );

  const billingExports = d.table("billing_exports", {
    id: d.text("id").primaryKey(),
    name: d.text("name").notNull(),
    adapter: d.text<ExportAdapter>("adapter").notNull(),
    url: d.text("url").notNull(),
    /** The CloudEvents type, the event name of the Stripe meter, or the code of the Lago metric. */
    eventName: d.text("event_name").notNull(),
    /** The CloudEvents source. Never changes: receivers recognize an event by source and id. */
    source: d.text("source").notNull(),
    /** The receiver's API key, encrypted with the deployment's own secret; null for none. */
    sealedSecret: d.text("sealed_secret"),
    /** Start of the first exported hour. */
    startsAt: d.instant("starts_at").notNull(),
    createdAt: d.instant("created_at").notNull(),
    createdBy: d.text("created_by").notNull(),
    pausedAt: d.instant("paused_at"),
    /** Everything up to this event is sent or held. */
    position: d.integer("position").notNull().default(0),
    /** The furthest that `position` has been. Ahead of it while a replay runs. */
    furthest: d.integer("furthest").notNull().default(0),
    /** The replay that runs sends only hours from here on. */
    replayFrom: d.instant("replay_from"),
    /** Failed attempts in a row. */
    failures: d.integer("failures").notNull().default(0),
    nextAttemptAt: d.instant("next_attempt_at").notNull().default(0),
    lastError: d.text("last_error"),
    lastErrorAt: d.instant("last_error_at"),
    lastSuccessAt: d.instant("last_success_at"),
    /** The event whose result is unknown, and when it was first sent. */
    openSeq: d.integer("open_seq"),
    openSince: d.instant("open_since"),
    /** The portal process that sends, until `leaseUntil`. */
    leaseOwner: d.text("lease_owner"),
    leaseUntil: d.instant("lease_until").notNull().default(0),
    testRequestedAt: d.instant("test_requested_at"),
    lastTest: d.json<ExportTest>("last_test"),
  });

  /** Events that an export does not send, or has to send again. */
  const billingHeldEvents = d.table(
    "billing_held_events",
    {
      exportId: d
        .text("export_id")
        .notNull()
        .references(() => billingExports.id, { onDelete: "cascade" }),
      seq: d.integer("seq").notNull(),
      projectId: d.text("project_id").notNull(),
      reason: d.text<HeldReason>("reason").notNull(),
      /** The receiver's words. */
      detail: d.text("detail"),
      at: d.instant("at").notNull(),
      /** Whether the receiver has acknowledged it before: a replay was held. */
      acknowledged: d.boolean("acknowledged").notNull().default(false),
    },
    (t) => [
      d.primaryKey({ columns: [t.exportId, t.seq] }),
      d.index("billing_held_events_reason").on(t.exportId, t.reason, t.projectId),
    ],
  );

  /** Who is billed for a project's usage. */
  const billingCustomers = d.table(
    "billing_customers",
    {
      exportId: d
        .text("export_id")
        .notNull()
        .references(() => billingExports.id, { onDelete: "cascade" }),
      projectId: d.text("project_id").notNull(),
      /** Its id at the receiver; null: nobody is billed. */
      customer: d.text("customer"),
    },
    (t) => [d.primaryKey({ columns: [t.exportId, t.projectId] })],
  );

  return { billingEvents, billingHours, billingExports, billingHeldEvents, billingCustomers };
}
