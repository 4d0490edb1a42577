import pg from "pg";
import { DAY_MS } from "#core/time.ts";
import { openDb } from "#db/open.ts";
import { openSqliteClient } from "#db/sqlite-client.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { USAGE_TABLES } from "#db/usage-partitions.ts";
import { SEARCH_INDEX_JOB } from "#domain/keys/search/search-index.ts";
import { bucketOf } from "#engine/usage/add-counts.ts";
import { ensurePartitions } from "#engine/usage/partitions.ts";

export const KEYS = 1_000_000;
export const PROJECTS = 1_000;
export const NOW = Date.UTC(2026, 10, 23, 12);

/** A million keys, created over two years, half of them never used. The database generates the rows. */
export async function fillKeys(url: string): Promise<void> {
  const isPostgres = url.startsWith("postgres");
  const numbers = numbersOf(isPostgres);
  const padded = isPostgres ? "lpad(s.n::text, 7, '0')" : "printf('%07d', s.n)";
  const json = (text: string) => (isPostgres ? `'${text}'::jsonb` : `'${text}'`);
  const unrestricted = json('{"ips":[],"referrers":[],"apps":{"android":[],"ios":[]},"apis":[]}');
  const createdAt = `(${NOW} - ((s.n * 7919) % 730) * ${DAY_MS} - s.n)`;
  const kinds = ["Checkout", "Mobile app", "Batch import", "Partner"];
  const name = `case s.n % 4 ${kinds.map((kind, at) => `when ${at} then '${kind} '`).join(" ")} end || s.n`;
  const hex = (factor: number) =>
    isPostgres
      ? `lpad(to_hex((s.n * ${factor}) % 65536), 4, '0')`
      : `printf('%04x', (s.n * ${factor}) % 65536)`;
  const hint = `'lk_live_' || ${hex(7_919)} || '…' || ${hex(104_729)}`;
  const statements = [
    `insert into users (id, email, name, site_role, created_at)
      values ('usr_admin', 'ada@example.com', 'Ada', 'admin', 0)`,
    `insert into projects (id, name, created_at, created_by)
      select 'prj_' || s.n, 'Project ' || s.n, 0, 'usr_admin' from ${numbers(PROJECTS)}`,
    `insert into memberships (project_id, user_id, role, created_at)
      select 'prj_' || s.n, 'usr_admin', 'owner', 0 from ${numbers(PROJECTS)}`,
    `insert into keys (id, project_id, name, environment, enabled, restrictions, metadata, created_at, created_by,
        last_used_at)
      select 'key_' || ${padded}, 'prj_' || (s.n % ${PROJECTS}), ${name}, 'live', true, ${unrestricted},
        ${json("{}")}, ${createdAt}, 'usr_admin',
        case when s.n % 2 = 0 then null else ${createdAt} + ((s.n * 31) % 100) * ${DAY_MS / 100} end
      from ${numbers(KEYS)}`,
    `insert into secrets (id, key_id, hash, hint, created_at)
      select 'sec_' || ${padded}, 'key_' || ${padded}, 'hash ' || s.n, ${hint}, ${createdAt}
      from ${numbers(KEYS)}`,
    // The triggers have written the texts of all keys.
    `insert into job_cursors (job, at) values ('${SEARCH_INDEX_JOB}', ${NOW})`,
    isPostgres ? "vacuum analyze" : "analyze",
  ];
  await runAll(url, statements);
}

/** The last days for which hours are counted. */
export const HOURS_DAYS = 30;

/** 90 days of counted requests of the thousand keys of one project: 100 million, a tenth of them denied. */
export async function fillUsage(url: string): Promise<void> {
  const isPostgres = url.startsWith("postgres");
  const numbers = numbersOf(isPostgres);
  const padded = isPostgres ? "lpad(k.id::text, 7, '0')" : "printf('%07d', k.id)";
  const keys = `(select n * ${PROJECTS} + 1 as id from ${numbers(KEYS / PROJECTS)}) as k`;
  const perDay = Math.round(100_000_000 / 90 / (KEYS / PROJECTS));
  await runAll(url, [
    `insert into usage_series (project_id, key_id, secret_id, api, operation, environment, code)
    select 'prj_1', 'key_' || ${padded}, 'sec_' || ${padded}, 'badges', 'badges.list', 'live',
      c.code
    from ${keys} cross join (select 'VALID' as code union all select 'IP_NOT_ALLOWED') as c`,
  ]);
  const spans = [
    { interval: "day", buckets: 90 },
    { interval: "hour", buckets: HOURS_DAYS * 24 },
  ] as const;
  const db = await openDb(url, { poolSize: 1 });
  const bucketsOf = (interval: UsageInterval) => {
    const [span, last] = [spans.find((one) => one.interval === interval), bucketOf(interval, NOW)];
    return Array.from({ length: span?.buckets ?? 0 }, (_, n) => last - n);
  };
  await db.write((tx) =>
    ensurePartitions(tx, { minute: [], hour: bucketsOf("hour"), day: bucketsOf("day") }),
  );
  await db.close();
  const insertUsage = (interval: UsageInterval, count: number, buckets: string) => `
    insert into ${USAGE_TABLES[interval]} (bucket, series, count, units)
    select ${bucketOf(interval, NOW)} - s.n, i.id, ${count} / (case i.code when 'VALID' then 1 else 9 end),
      case i.code when 'VALID' then ${count} else 0 end
    from ${buckets} cross join usage_series as i
    where i.code = 'VALID' or (i.id / 2 + s.n) % 2 = 0`;
  await runAll(url, [
    insertUsage("hour", Math.round(perDay / 24), numbers(HOURS_DAYS * 24)),
    // As they are counted: a day is the sum of its hours.
    `insert into ${USAGE_TABLES.day} (bucket, series, count, units)
      select bucket / 24, series, sum(count), sum(units) from ${USAGE_TABLES.hour} group by bucket / 24, series`,
    insertUsage("day", perDay, `(select n from ${numbers(90)} where n > ${HOURS_DAYS}) as s`),
    "analyze",
  ]);
}

/** A relation `s(n)` with the numbers from 0. */
function numbersOf(isPostgres: boolean): (count: number) => string {
  return (count) =>
    isPostgres
      ? `generate_series(0, ${count - 1}::bigint) as s(n)`
      : `(with recursive s(n) as (select 0 union all select n + 1 from s where n < ${count - 1}) select n from s) as s`;
}

async function runAll(url: string, statements: string[]): Promise<void> {
  if (url.startsWith("postgres")) {
    const client = new pg.Client(url);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
    return;
  }
  const client = await openSqliteClient(url);
  for (const statement of statements) await client.execute(statement);
  client.close();
}
