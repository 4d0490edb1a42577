import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase, testDialect } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { adminQuery } from "#test/postgres.ts";
import { SENT_SECRETS, SETTING_SECRETS, secretEnv, secretsFoundIn } from "#test/secrets.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";
import { runStatement } from "../run-statement.ts";

const FIELDS = [
  ..."api operation method path clientIp referrer origin androidPackage androidCertSha1".split(" "),
  ..."iosBundleId cost key misspelled".split(" "),
];

let db: Db;
let dataDir: string;
let secrets: Record<string, string>;
let verifier: VerifierProcess;

beforeEach(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-secrets-"));
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges", { operations: ["badges.sync"] });
  await enableFor(db, projectId, "badges");
  const ctx = ctxOf(db, admin);
  const { secret: key } = await makeKey(ctx, projectId);
  // Denied with observed values, which are stored for its owner.
  const restrictions = { ips: ["198.51.100.7"] };
  const { secret: restrictedKey } = await makeKey(ctx, projectId, { name: "edge", restrictions });
  secrets = { key, restrictedKey, service: (await makeServiceToken(db)).token, ...SENT_SECRETS };
  // Aggregation is blocked, so that the journal still has its contents.
  await runStatement(url, "alter table journal_segments rename to journal_segments_away");
  verifier = await startVerifier({
    ...secretEnv,
    DATABASE_URL: await withRecognizablePassword(url),
    LATCHKEY_DATA_DIR: dataDir,
    LOG_LEVEL: "trace",
  });
});
afterEach(async () => {
  await verifier.stop("SIGKILL");
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

test("no secret that is sent anywhere is in the output, the files or the metrics", {
  timeout: 120_000,
}, async () => {
  const answers: string[] = [];
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(verifier.url + path, init).catch(() => null);
    // A verdict names the operation as the caller sent it.
    if (response && (response.status !== 200 || path.startsWith("/metrics"))) {
      answers.push(`${JSON.stringify([...response.headers])}${await response.text()}`);
    } else await response?.body?.cancel();
  };
  const check = async () => {
    for (const secret of Object.values(secrets)) {
      for (const init of requestsWith(secret)) await send("/api/v1/keys/verify", init);
      for (const init of requestsWith(secret, true)) await send("/api/v1/keys/verify/batch", init);
      await send(`/${secret}?key=${secret}`, {});
      await send(`/api/v1/keys/verify?key=${secret}`, { method: "PUT", body: secret });
      await send(`/metrics?token=${secret}`, {
        headers: { Cookie: secret, Authorization: `Bearer ${secret}` },
      });
      answers.push(await raw(`GET /${secret} HTTP/9.9\r\n${secret}\r\n\r\n`));
    }
  };
  await check();
  // Verdicts too, on requests without a field that they repeat.
  for (const key of [secrets.key, `${secrets.key}x`, secrets.restrictedKey]) {
    const response = await fetch(`${verifier.url}/api/v1/keys/verify`, {
      method: "POST",
      headers: { Authorization: `Bearer ${secrets.service}`, "Content-Type": "application/json" },
      body: JSON.stringify({ key, api: "badges" }),
    });
    expect(response.status).toBe(200);
    answers.push(await response.text());
  }
  answers.push(await (await fetch(verifier.metricsUrl)).text());
  // Once more with a failing database: drivers quote queries and their values.
  for (const table of ["secrets", "service_tokens", "changes"]) {
    await runStatement(db.url, `alter table ${table} rename to ${table}_away`);
  }
  secrets.unknownKey = secrets.key?.replace(/.{6}$/, "000000") ?? "";
  await check();
  await verifier.stop();

  const printed = verifier.output();
  expect(printed).toContain('"level":"debug"');
  expect(printed).toContain("the change feed is unavailable");
  const journal = journalOf(dataDir);
  expect(journal).toContain("key_");
  const all = { ...secrets, ...SETTING_SECRETS };
  expect(secretsFoundIn(printed, all), "printed").toEqual([]);
  expect(secretsFoundIn(journal, all), "journal").toEqual([]);
  expect(secretsFoundIn(answers.join("\n"), all), "answers and metrics").toEqual([]);
});

/** A secret in each field, in each header, and in bodies that can't be read. */
function requestsWith(secret: string, batch = false): RequestInit[] {
  const isToken = secret.startsWith("lk_");
  const [key, restrictedKey, service] = [secrets.key, secrets.restrictedKey, secrets.service];
  const json = { Authorization: `Bearer ${service}`, "Content-Type": "application/json" };
  const wrap = (input: unknown) => JSON.stringify(batch ? { checks: [input] } : input);
  const fields = FIELDS.flatMap((field) => {
    // A password that a service sends as its caller's IP address or site is a fact about the call: it can't be recognized.
    if (!isToken && !["key", "api", "misspelled", "cost", "method"].includes(field)) return [];
    const inputFields = field === "method" ? { method: secret, path: `/${secret}` } : { [field]: secret };
    return [key, restrictedKey].map((sent) => wrap({ key: sent, api: "badges", ...inputFields }));
  });
  const bodies = [
    ...fields,
    secret,
    `{"key":"${secret}`,
    `{"key":"${secret}x","api":"badges"}`,
    ...(isToken ? [wrap({ [secret]: 1 })] : []),
  ];
  const headers: Record<string, string>[] = [
    { ...json, Authorization: secret },
    { ...json, Authorization: `Bearer ${secret}` },
    { ...json, Authorization: `Basic ${btoa(`user:${secret}`)}` },
    { ...json, "Content-Type": secret },
    ...["Cookie", "X-Api-Key", "X-Request-Id", "Traceparent", "Referer", "User-Agent", "X-Forwarded-For"].map(
      (name) => ({
        ...json,
        [name]: secret,
      }),
    ),
  ];
  const good = wrap({ key, api: "badges" });
  return [
    ...bodies.map((body) => ({ method: "POST", headers: json, body })),
    ...headers.map((each) => ({ method: "POST", headers: each, body: good })),
    { method: "POST", headers: json, body: secret.repeat(60_000) },
  ];
}

/** Bytes that are not HTTP. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(verifier.url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.end(bytes);
  return textOf(socket).catch(() => "");
}

function journalOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const segments = files.filter(({ name }) => /\.(open|closed)$/.test(name));
  return segments.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
}

/** On Postgres: the same database, as a role with a recognizable password. */
async function withRecognizablePassword(url: string): Promise<string> {
  if (testDialect() === "sqlite") return url;
  const own = new URL(url);
  own.username = `u${own.pathname.slice(-12)}`;
  own.password = SETTING_SECRETS.databasePassword;
  const statement = `create role ${own.username} superuser login password '${own.password}'`;
  await adminQuery(inject("postgres").serverUrl, statement);
  return own.href;
}
