import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase, testDialect } from "#test/db.ts";
import { hashedTokens } from "#test/imported-hashes.ts";
import { makeProject, makeUser } from "#test/people.ts";
import { importFile } from "./keys.ts";

/*
 * The commands of docs/integrate/import-keys.md, as they are written there, with stand-ins for the other system's own
 * program, and the import of what they export.
 */

const GUIDE = readFileSync("docs/integrate/import-keys.md", "utf8");
const folder = mkdtempSync(join(tmpdir(), "latchkey-guides-"));
let url: string;
let db: Db;
let options: { project: string; user: string; map: string[]; set: string[] };

beforeAll(async () => {
  url = await makeTestDatabase();
  db = await openDb(url);
  const { email, ...owner } = await makeUser(db);
  options = { project: await makeProject(db, { ...owner }), user: email, map: [], set: [] };
  vi.stubEnv("DATABASE_URL", url);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The commands under a heading, in order. */
function commandsOf(heading: string): string[] {
  const [, section = ""] = GUIDE.split(`## ${heading}\n`);
  return [...(section.split("\n## ")[0] ?? "").matchAll(/```sh\n([\s\S]*?)```/g)].map(
    ([, command = ""]) => command,
  );
}

/** Runs a command of the guide in which `program` is replaced by a script, and returns its file of keys. */
function exported(command: string | undefined, program: string, script: string): string {
  const dir = mkdtempSync(join(folder, `${program}-`));
  const path = join(dir, program);
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  const env = { ...process.env, PATH: `${dir}:${process.env.PATH}`, UNKEY_ROOT_KEY: "root" };
  execFileSync("sh", ["-euc", command ?? "exit 1"], {
    cwd: dir,
    env: { ...env, DATABASE_URL: url, AUTH_DATABASE_URL: url },
  });
  return join(dir, "keys.jsonl");
}

/** Prints a text for each of these parts of the command line. */
const printing = (answers: Record<string, unknown>) =>
  `#!/bin/sh\ncase "$*" in\n${Object.entries(answers)
    .map(([part, answer]) => {
      const text = typeof answer === "string" ? answer : JSON.stringify(answer);
      return `*"${part}"*) printf '%s\\n' '${text}' ;;`;
    })
    .join("\n")}\n*) exit 1 ;;\nesac\n`;

async function importExport(path: string, shape: { prefix: string; length: string }) {
  await importFile(path, { ...options, ...shape });
  const names = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).name as string);
  const { keys, secrets } = db.read.t;
  const [all, own] = [await db.read.q.select().from(keys), await db.read.q.select().from(secrets)];
  return names.map((name) => {
    const key = all.find((each) => each.name === name);
    const { externalId, environment, tags, metadata } = key ?? {};
    return {
      name,
      externalId,
      environment,
      tags,
      metadata,
      hash: own.find((each) => each.keyId === key?.id)?.hash,
    };
  });
}

const hashOf = (token: string, encoding: "hex" | "base64" | "base64url" = "hex") =>
  createHash("sha256").update(token).digest(encoding);
const tokenOf = (seed: string, length: number) => hashOf(seed).repeat(2).slice(0, length);

test("Unkey's database", async () => {
  const [command = ""] = commandsOf("From Unkey");
  // There is no MySQL here: what it prints for the query.
  const token = `sk_${tokenOf("unkey", 22)}`;
  const row = {
    name: "unkey 1",
    environment: "live",
    externalId: "user_1",
    hash: { algorithm: "sha256", encoding: "base64", value: hashOf(token, "base64") },
  };
  const path = exported(command, "mysql", printing({ "LEFT JOIN identities": row }));
  expect(await importExport(path, { prefix: "sk_", length: "25" })).toMatchObject([
    { externalId: "user_1", hash: hashOf(token) },
  ]);
});

test("Unkey's cloud", async () => {
  const token = `sk_${tokenOf("cloud", 22)}`;
  const data = [
    { keyId: "key_1", start: "sk_", name: "cloud 1", plaintext: token, identity: { externalId: "user_2" } },
    { keyId: "key_2", start: "sk_", plaintext: `sk_${tokenOf("cloud 2", 22)}` },
    { keyId: "key_3", start: "sk_", name: "not recoverable" },
  ];
  const answer = { meta: {}, data, pagination: { hasMore: false } };
  const path = exported(commandsOf("From Unkey")[1], "curl", printing({ "apis.listKeys": answer }));
  expect(await importExport(path, { prefix: "sk_", length: "25" })).toMatchObject([
    { name: "cloud 1", externalId: "user_2", hash: hashOf(token) },
    { name: "key_2", externalId: null },
  ]);
});

test("AWS API Gateway", async () => {
  const token = tokenOf("aws", 40);
  // As in the examples of its documentation.
  const dates = { createdDate: 1_456_184_452, lastUpdatedDate: 1_456_184_515 };
  const stageKeys = ["a1b2c3d4e5/dev", "e5d4c3b2a1/dev"];
  const items = [
    {
      id: "a1",
      value: token,
      name: "aws 1",
      description: "My first key",
      customerId: "cus_1",
      enabled: true,
      stageKeys,
      ...dates,
    },
    { id: "b2", value: tokenOf("aws 2", 40), enabled: true },
    { id: "c3", value: tokenOf("aws 3", 40), name: "disabled", enabled: false },
  ];
  const path = exported(
    commandsOf("From AWS API Gateway")[0],
    "aws",
    printing({ "--include-values": { items } }),
  );
  expect(await importExport(path, { prefix: "", length: "40" })).toMatchObject([
    { name: "aws 1", externalId: "cus_1", hash: hashOf(token) },
    { name: "b2", externalId: null },
  ]);
});

test("Kong", async () => {
  const token = tokenOf("kong", 32);
  const consumers = [{ id: "c1", username: "kong 1", custom_id: "cus_1", tags: null }];
  const keys = [
    { id: "k1", key: token, consumer: { id: "c1" }, tags: ["team-a"], ttl: null, created_at: 1 },
    { id: "k2", key: tokenOf("kong 2", 32), consumer: null, tags: null, ttl: null, created_at: 1 },
  ];
  const answers = { "/consumers": { data: consumers, next: null }, "/key-auths": { data: keys, next: null } };
  const path = exported(commandsOf("From Kong")[0], "curl", printing(answers));
  expect(await importExport(path, { prefix: "", length: "32" })).toMatchObject([
    { name: "kong 1", externalId: "cus_1", tags: ["team-a"], hash: hashOf(token) },
    { name: "k2", externalId: null, tags: [] },
  ]);
});

test("Kong's declarative configuration", async () => {
  const token = tokenOf("deck", 32);
  const dump = {
    _format_version: "3.0",
    consumers: [
      { username: "deck 1", custom_id: "cus_2", keyauth_credentials: [{ key: token, tags: ["team-b"] }] },
      { username: "deck 2", keyauth_credentials: [{ key: tokenOf("deck 2", 32) }] },
      { username: "without keys", groups: [{ name: "basic" }] },
    ],
    services: [{ name: "svc1", host: "mockbin.org" }],
  };
  const path = exported(commandsOf("From Kong")[1], "deck", printing({ "gateway dump --format json": dump }));
  expect(await importExport(path, { prefix: "", length: "32" })).toMatchObject([
    { name: "deck 1", externalId: "cus_2", tags: ["team-b"], hash: hashOf(token) },
    { name: "deck 2", externalId: "deck 2", tags: [] },
  ]);
});

if (testDialect() === "postgres") {
  describe("tables in Postgres", () => {
    /** `psql` as far as the guide uses it. */
    const PSQL = `#!${process.execPath}
const { createRequire } = require("node:module");
const pg = createRequire(${JSON.stringify(join(process.cwd(), "package.json"))})("pg");
const [url, options, command, sql] = process.argv.slice(2);
if (options !== "-At" || command !== "-c") process.exit(1);
const client = new pg.Client({ connectionString: url });
client.connect().then(async () => {
  const { rows } = await client.query({ text: sql, rowMode: "array", types: { getTypeParser: () => String } });
  for (const row of rows) console.log(row.join("|"));
  await client.end();
});
`;
    const execute = async (sql: string, values: unknown[] = []) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(sql, values);
      await client.end();
    };

    test("better-auth", async () => {
      // As its migrations of version 1.7 create it, without what the query does not read.
      await execute(`CREATE TABLE apikey (id text, name text, key text, "referenceId" text, enabled boolean,
        "expiresAt" timestamptz)`);
      const token = `app_${tokenOf("auth", 64)}`;
      const rows = [
        ["auth_k1", "auth 1", hashOf(token, "base64url"), "user_1", true, null],
        ["auth_k2", null, hashOf("auth 2", "base64url"), "user_1", true, "2100-01-01"],
        ["auth_k3", "expired", hashOf("auth 3", "base64url"), "user_1", true, "2001-01-01"],
        ["auth_k4", "disabled", hashOf("auth 4", "base64url"), "user_1", false, null],
      ];
      for (const row of rows) await execute("INSERT INTO apikey VALUES ($1, $2, $3, $4, $5, $6)", row);
      const path = exported(commandsOf("From better-auth")[0], "psql", PSQL);
      expect(await importExport(path, { prefix: "app_", length: "68" })).toMatchObject([
        { name: "auth 1", externalId: "user_1", hash: hashOf(token) },
        { name: "auth_k2", externalId: "user_1" },
      ]);
    });

    test("a table of your own", async () => {
      await execute(`CREATE TABLE api_keys (name text, is_test boolean, customer_id int, plan text, key_hash text,
        key_start text, revoked_at timestamptz)`);
      const [one, two] = hashedTokens("bcrypt", 2).map(({ hash }) => hash);
      const insert = "INSERT INTO api_keys VALUES ($1, $2, $3, $4, $5, $6, $7)";
      await execute(insert, ["own 1", true, 7, "pro", one?.value, one?.lookup, null]);
      await execute(insert, ["revoked", false, 8, "pro", two?.value, two?.lookup, "2001-01-01"]);
      const path = exported(commandsOf("From a table of your own")[0], "psql", PSQL);
      expect(await importExport(path, { prefix: "old_", length: "36" })).toMatchObject([
        { name: "own 1", externalId: "7", environment: "test", metadata: { plan: "pro" } },
      ]);
    });
  });
}
