import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from "@clickhouse/client";
import { and, isNotNull } from "drizzle-orm";
import type { Db, Scope, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type {
  UsageBatch,
  UsageColumns,
  UsageFilter,
  UsageGroupSize,
  UsageLabel,
  UsageQuery,
  UsageStore,
  UsageSum,
  UsageSums,
} from "../types.ts";
import { addToOutbox, deliverOutbox, isOutboxEmpty } from "./outbox.ts";
import { type ExternalIds, groupSizesQuery, needsExternalIds, quoted, sumQuery } from "./queries.ts";
import { createTable, modifyTtl, TABLE, type UsageDays } from "./table.ts";

/** Shorter than a transaction of the database may idle. */
const TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 10;

const READING: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 0,
  // Lists of ids.
  max_query_size: String(16 * 1_024 * 1_024),
  // With replicas: what was stored at one is seen at the others.
  select_sequential_consistency: "1",
};
/** One block, and so one part, however many rows: it is stored as a whole or not at all. */
const WRITING: ClickHouseSettings = {
  async_insert: 0,
  max_insert_block_size: "1000000000",
  input_format_parallel_parsing: 0,
};

/**
 * Counts in ClickHouse, for sites that have more than the database can take. Batches go through an outbox in the
 * database, so that a batch is the same whenever it is delivered, and a separate row in ClickHouse says that it was.
 */
export class ClickHouseUsage implements UsageStore {
  readonly #client: ClickHouseClient;
  readonly #days: UsageDays;
  #prepared: Promise<void> | null = null;

  /** `url`: of the HTTP interface, with account and database. */
  constructor(url: string, days: UsageDays) {
    this.#days = days;
    this.#client = createClient({
      url,
      application: "latchkey",
      request_timeout: TIMEOUT_MS,
      max_open_connections: MAX_CONNECTIONS,
      // The caller receives errors.
      log: { level: ClickHouseLogLevel.OFF },
    });
  }

  async add(tx: Tx, batch: UsageBatch): Promise<void> {
    if (batch.rows.length > 0) await addToOutbox(tx, batch);
  }

  async isDelivered(db: Db): Promise<boolean> {
    return isOutboxEmpty(db);
  }

  async deliver(db: Db): Promise<void> {
    await deliverOutbox(db, (batch) => this.insert(batch));
  }

  /** Adds a batch, once for each id. If two calls add one id at the same time, ClickHouse drops one by its token. */
  async insert({ id, rows }: UsageBatch): Promise<void> {
    await this.#prepare();
    const found = `select 1 from ${TABLE} where interval = 'batch' and project_id = ${quoted(id)} limit 1`;
    if ((await this.#rows(found)).length > 0) return;
    const marker = ["batch", Math.floor(Date.now() / 1_000), id, "", "", "", "", "", "", 1, 0];
    const values = rows.map(([interval, projectId, bucket, ...rest]) => [
      interval,
      bucket / 1_000,
      projectId,
      ...rest,
    ]);
    await this.#client.insert({
      table: TABLE,
      columns: [
        ...(["interval", "bucket", "project_id", "key_id", "secret_id"] as const),
        ...(["api", "operation", "environment", "code", "count", "units"] as const),
      ],
      values: [marker, ...values],
      format: "JSONCompactEachRow",
      // Even if an earlier attempt, whose connection is lost, is still running.
      clickhouse_settings: { ...WRITING, insert_deduplicate: 1, insert_deduplication_token: id },
    });
  }

  async sum<By extends keyof UsageColumns, Sum extends keyof UsageSums>(
    scope: Scope,
    query: UsageQuery<By, Sum>,
  ): Promise<UsageSum<By, Sum>[]> {
    await this.#prepare();
    const externalIds = needsExternalIds(query.by, query) ? await externalIdsOf(scope, query) : [];
    return this.#rows<UsageSum<By, Sum>>(sumQuery(query, externalIds));
  }

  async groupSizes(scope: Scope, filter: UsageFilter, label: UsageLabel): Promise<UsageGroupSize[]> {
    await this.#prepare();
    const externalIds = needsExternalIds([label], filter) ? await externalIdsOf(scope, filter) : [];
    return this.#rows<UsageGroupSize>(groupSizesQuery(filter, label, externalIds));
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #rows<Row>(query: string): Promise<Row[]> {
    const result = await this.#client.query({ query, format: "JSONEachRow", clickhouse_settings: READING });
    return result.json<Row>();
  }

  /** Before the first use: creates the table, and sets how long it keeps rows. */
  #prepare(): Promise<void> {
    this.#prepared ??= this.#createTable().catch((error: unknown) => {
      this.#prepared = null;
      throw error;
    });
    return this.#prepared;
  }

  async #createTable(): Promise<void> {
    await this.#client.command({ query: createTable(this.#days) });
    await this.#client.command({ query: modifyTtl(this.#days) });
  }
}

async function externalIdsOf(scope: Scope, { where = {} }: Pick<UsageFilter, "where">): Promise<ExternalIds> {
  const { keys } = scope.t;
  const rows = await scope.q
    .select({ id: keys.id, externalId: keys.externalId })
    .from(keys)
    .where(
      and(
        isNotNull(keys.externalId),
        where.projectId && oneOf(scope, keys.projectId, where.projectId),
        where.keyId && oneOf(scope, keys.id, where.keyId),
      ),
    );
  return rows.map(({ id, externalId }) => [id, externalId ?? ""]);
}
