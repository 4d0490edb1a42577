import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { inStatements, jsonRows } from "../aggregation/json-rows.ts";

/** What checks are counted by, in the order of the columns of `usage_series`. */
export type SeriesLabels = readonly [
  projectId: string,
  keyId: string,
  secretId: string,
  api: string,
  operation: string,
  environment: string,
  code: string,
];

/**
 * The number of each series, in the same order. Missing ones are created, in an order that depends only on their labels,
 * so that two verifiers that create the same ones can't deadlock.
 */
export async function seriesIds(tx: Tx, series: readonly SeriesLabels[]): Promise<number[]> {
  const ids: (number | undefined)[] = [];
  const find = () => inStatements(series, (some, first) => findIds(tx, some, first, ids));
  await find();
  const missing = series.filter((_, at) => ids[at] === undefined);
  if (missing.length > 0) {
    await create(tx, missing.map((labels) => [labels.join("\t"), labels] as const).sort(byText));
    // Sees also those that another process has created meanwhile.
    await find();
  }
  return series.map((_, at) => {
    const id = ids[at];
    if (id === undefined) throw new Error("a series of usage counts disappeared");
    return id;
  });
}

/** Writes the numbers of the series that exist to `ids`, from the index `first` on. */
async function findIds(
  tx: Tx,
  series: readonly SeriesLabels[],
  first: number,
  ids: (number | undefined)[],
): Promise<void> {
  const { usageSeries: s } = tx.t;
  const columns = [s.projectId, s.keyId, s.secretId, s.api, s.operation, s.environment, s.code];
  const isPostgres = tx.dialect === "postgres";
  const json = JSON.stringify(series);
  const list = isPostgres
    ? sql`jsonb_array_elements(${json}::jsonb) with ordinality as r(value, ordinal)`
    : sql`(select key + 1 as ordinal, value from json_each(${json})) as r`;
  const label = (at: number): SQL => sql`r.value->>${sql.raw(String(at))}`;
  const rows = await tx.q
    .select({ ordinal: sql`r.ordinal`.mapWith(Number), id: sql`${s.id}`.mapWith(Number) })
    // On SQLite, "cross" also keeps the planner from reading the whole table first.
    .from(sql`${list} cross join ${s}`)
    .where(
      sql.join(
        columns.map((column, at) => sql`${column} = ${label(at)}`),
        sql` and `,
      ),
    );
  for (const { ordinal, id } of rows) ids[first + ordinal - 1] = id;
}

async function create(tx: Tx, missing: readonly (readonly [string, SeriesLabels])[]): Promise<void> {
  const id = tx.dialect === "postgres" ? sql`nextval('usage_series_id_seq')` : sql`null`;
  const rows = missing.map(([, labels]) => labels);
  const labels = jsonRows(tx, rows, ["text", "text", "text", "text", "text", "text", "text"], id);
  await tx.q.insert(tx.t.usageSeries).select(labels).onConflictDoNothing();
}

function byText([a]: readonly [string, SeriesLabels], [b]: readonly [string, SeriesLabels]): number {
  return a < b ? -1 : 1;
}
