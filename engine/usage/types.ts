import type { Db, Scope, Tx } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import type { UsageRow } from "../aggregation/usage-rows.ts";

/** By what requests are counted. A label that a request does not have is an empty text. */
export type StoredLabel = "projectId" | "keyId" | "secretId" | "api" | "operation" | "environment" | "code";

/** `externalId`: the key's current external ID. It is not stored with the counts. */
export type UsageLabel = StoredLabel | "externalId";

/** Whole buckets of one length between two instants, epoch ms. */
export interface UsageBuckets {
  interval: UsageInterval;
  from: number;
  /** Exclusive. Undefined: no end. */
  to?: number;
}

/** What is added up: requests, those that were denied, and units of allowed ones; and the start of the last bucket. */
export interface UsageSums {
  checks: number;
  denied: number;
  units: number;
  lastBucket: number;
}

/** The columns of a sum: the start of its bucket, and its labels. */
export type UsageColumns = { bucket: number } & Record<UsageLabel, string>;

export interface UsageFilter {
  /** Ranges that do not overlap. */
  buckets: readonly UsageBuckets[];
  /** The values that a label may have. Undefined: any. */
  where?: { readonly [Label in UsageLabel]?: readonly string[] | undefined };
  /** Only denied requests. */
  onlyDenied?: boolean;
  /** Only requests of known keys. Others have no project. */
  onlyKnown?: boolean;
}

export interface UsageQuery<By extends keyof UsageColumns, Sum extends keyof UsageSums> extends UsageFilter {
  /** One sum for each combination of these. If there are none, one sum of everything, or no row. */
  by: readonly By[];
  sums: readonly Sum[];
  /** Only so many sums, those of the most requests. `sums` must include `checks`. */
  largest?: number;
}

/** One row of an answer. */
export type UsageSum<By extends keyof UsageColumns, Sum extends keyof UsageSums> = Pick<UsageColumns, By> &
  Pick<UsageSums, Sum>;

/** A value of a label, with the number of buckets that it has requests in. */
export interface UsageGroupSize {
  group: string;
  points: number;
  checks: number;
}

/** Counts to add. */
export interface UsageBatch {
  /** Identifies the segments and parts that are counted. The same id always has the same rows. */
  id: string;
  rows: readonly UsageRow[];
}

/** Where counts of requests are stored. */
export interface UsageStore {
  /**
   * Adds a batch. `tx` records that it is stored. If `tx` is not committed, a batch with the same id may follow, so a
   * store outside of the database must add each id once.
   */
  add(tx: Tx, batch: UsageBatch): Promise<void>;
  /** In no particular order, unless `largest` is given. */
  sum<By extends keyof UsageColumns, Sum extends keyof UsageSums>(
    scope: Scope,
    query: UsageQuery<By, Sum>,
  ): Promise<UsageSum<By, Sum>[]>;
  /** The values of a label, in no particular order. */
  groupSizes(scope: Scope, filter: UsageFilter, label: UsageLabel): Promise<UsageGroupSize[]>;
  /** Makes everything that was added readable. Only a store outside of the database has something to do. */
  deliver(db: Db): Promise<void>;
  /** Whether everything that was added is readable. */
  isDelivered(db: Db): Promise<boolean>;
}
