import pg from "pg";
import { openSqliteClient } from "#db/open.ts";

export const KEYS = 1_000_000;
export const PROJECTS = 1_000;
export const NOW = Date.UTC(2026, 10, 23, 12);
export const DAY_MS = 86_400_000;

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
    "analyze",
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
  const rowsOf = (interval: "hour" | "day", buckets: number, lengthMs: number, count: number) => `
    insert into usage (interval, project_id, bucket, key_id, secret_id, api, operation, environment, code, count, units)
    select '${interval}', 'prj_1', ${Math.floor(NOW / lengthMs) * lengthMs} - s.n * ${lengthMs}, 'key_' || ${padded},
      'sec_' || ${padded}, 'badges', 'badges.list', 'live', c.code, ${count} / c.share, ${count} / c.share
    from ${numbers(buckets)} cross join ${keys}
      cross join (select 'VALID' as code, 1 as share union all select 'IP_NOT_ALLOWED', 9) as c
    where c.share = 1 or (k.id + s.n) % 2 = 0`;
  await runAll(url, [
    rowsOf("day", 90, DAY_MS, perDay),
    rowsOf("hour", HOURS_DAYS * 24, DAY_MS / 24, Math.round(perDay / 24)),
    isPostgres ? "vacuum analyze usage" : "analyze",
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
