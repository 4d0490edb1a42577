import type { Environment } from "#core/verdict.ts";
import type { Dialect } from "../dialect.ts";
import type { Keys } from "./keys.ts";

/** Who reported a leak: GitHub's secret scanning, the deployment's own scanner, or a visitor of the public page. */
export type LeakSource = "github" | "scanner" | "public";
export type SweepState = "preview" | "running" | "done" | "undoing" | "undone";
/**
 * What the policy for unused keys does to a key: its owners are notified that it is `unused`, or it is disabled or
 * revoked. What key rules do: owners are notified that it breaks one, with the date when it ends if there is one,
 * and it is ended.
 */
export type LifecycleStep =
  | "unused"
  | "disabled"
  | "revoked"
  | "rule-broken"
  | "rule-deadline"
  | "rule-ended";
/** `waiting` to be revoked, revoked, restored, or skipped because it was used or deleted in the meantime. */
export type SweptState = "waiting" | "revoked" | "used" | "failed" | "restored";

/** Sweeps of unused keys, exemptions from the policy, and leaks. */
export function defineLifecycle(d: Dialect, { keys, secrets }: Keys) {
  /** Many keys revoked at once, previewed first and undone together. */
  const sweeps = d.table(
    "sweeps",
    {
      id: d.text("id").primaryKey(),
      createdBy: d.text("created_by").notNull(),
      createdByName: d.text("created_by_name").notNull(),
      createdAt: d.instant("created_at").notNull(),
      unusedForDays: d.integer("unused_for_days").notNull(),
      reason: d.text("reason").notNull(),
      state: d.text<SweepState>("state").notNull(),
      startedAt: d.instant("started_at"),
      /** Who confirmed it, and who undid it; the preview may be by someone else. */
      startedBy: d.text("started_by"),
      startedByName: d.text("started_by_name"),
      undoneBy: d.text("undone_by"),
      undoneByName: d.text("undone_by_name"),
      /** When the last key was revoked; for an undone sweep, when the last was restored. */
      endedAt: d.instant("ended_at"),
    },
    (t) => [d.index("sweeps_state").on(t.state), d.index("sweeps_created").on(t.createdAt)],
  );

  const sweepKeys = d.table(
    "sweep_keys",
    {
      sweepId: d
        .text("sweep_id")
        .notNull()
        .references(() => sweeps.id, { onDelete: "cascade" }),
      keyId: d
        .text("key_id")
        .notNull()
        .references(() => keys.id),
      projectId: d.text("project_id").notNull(),
      /** When the key was last used, as the preview showed it. */
      lastUsedAt: d.instant("last_used_at"),
      state: d.text<SweptState>("state").notNull(),
      /** When the sweep revoked it. Undo restores it only if nobody has changed it since. */
      revokedAt: d.instant("revoked_at"),
      /** Why a key was skipped, or restored as disabled, as a sentence. */
      note: d.text("note"),
    },
    (t) => [
      d.primaryKey({ columns: [t.sweepId, t.keyId] }),
      d.index("sweep_keys_state").on(t.sweepId, t.state, t.keyId),
    ],
  );

  /** Keys that are exempt from the policy for unused keys until a date. */
  const exemptions = d.table("exemptions", {
    keyId: d
      .text("key_id")
      .primaryKey()
      .references(() => keys.id),
    reason: d.text("reason").notNull(),
    until: d.instant("until").notNull(),
    createdBy: d.text("created_by").notNull(),
    createdByName: d.text("created_by_name").notNull(),
    createdAt: d.instant("created_at").notNull(),
  });

  /** Keys that are exempt from the key rules until a date. */
  const ruleExemptions = d.table("rule_exemptions", {
    keyId: d
      .text("key_id")
      .primaryKey()
      .references(() => keys.id),
    reason: d.text("reason").notNull(),
    until: d.instant("until").notNull(),
    createdBy: d.text("created_by").notNull(),
    createdByName: d.text("created_by_name").notNull(),
    createdAt: d.instant("created_at").notNull(),
  });

  /** Jobs that run once a day in one process. A process claims the row before the work and completes it after. */
  const dailyRuns = d.table(
    "daily_runs",
    {
      name: d.text("name").notNull(),
      /** Start of the day, epoch ms, UTC. */
      day: d.instant("day").notNull(),
      /** If the job is not finished by then, its process has died, and another may claim it. */
      claimedUntil: d.instant("claimed_until").notNull(),
      finishedAt: d.instant("finished_at"),
      /** A summary of what it did, for people. */
      result: d.json<Record<string, number>>("result"),
    },
    (t) => [d.primaryKey({ columns: [t.name, t.day] })],
  );

  /** Notifications that the daily job still has to send: one row for each project and kind. */
  const pendingNotifications = d.table(
    "pending_notifications",
    {
      what: d.text<LifecycleStep>("what").notNull(),
      projectId: d.text("project_id").notNull(),
      /** The number of keys. */
      keys: d.integer("keys").notNull(),
      /** The policy's threshold: how long the keys were unused, days; 0 for key rules. */
      days: d.integer("days").notNull(),
      /**
       * One of the keys, and since when the key that was unused longest has been unused; for key rules, when the
       * first of them ends.
       */
      keyId: d.text("key_id").notNull(),
      idleSince: d.instant("idle_since").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.what, t.projectId] })],
  );

  /** The instant up to which a job of the portal has processed data, or until which a process has claimed the job. */
  const jobCursors = d.table("job_cursors", {
    job: d.text("job").primaryKey(),
    at: d.instant("at").notNull(),
  });

  /** Counts of a whole large site that take too long to be read for every page. Recounted by a job. */
  const siteCounts = d.table("site_counts", {
    name: d.text("name").primaryKey(),
    /** If the job is not finished by then, its process has died, and another may claim it. */
    claimedUntil: d.instant("claimed_until").notNull(),
    /** When the job last finished. Null before it did. */
    countedAt: d.instant("counted_at"),
    /** How long it took, ms. */
    tookMs: d.integer("took_ms").notNull().default(0),
    counts: d.json<Record<string, number>>("counts"),
  });

  /** Secrets of this deployment that were found in public. */
  const leaks = d.table(
    "leaks",
    {
      id: d.text("id").primaryKey(),
      keyId: d
        .text("key_id")
        .notNull()
        .references(() => keys.id),
      secretId: d
        .text("secret_id")
        .notNull()
        .references(() => secrets.id),
      projectId: d.text("project_id").notNull(),
      environment: d.text<Environment>("environment").notNull(),
      at: d.instant("at").notNull(),
      source: d.text<LeakSource>("source").notNull(),
      /** Where it was found, with secrets redacted; empty if unknown. */
      url: d.text("url").notNull(),
      /** Whether the policy for leaked keys disabled the key. */
      keyDisabled: d.boolean("key_disabled").notNull(),
    },
    (t) => [d.index("leaks_key").on(t.keyId, t.at), d.index("leaks_at").on(t.at)],
  );

  return {
    sweeps,
    sweepKeys,
    exemptions,
    ruleExemptions,
    dailyRuns,
    pendingNotifications,
    jobCursors,
    siteCounts,
    leaks,
  };
}
