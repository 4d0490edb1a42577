import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verify } from "@node-rs/argon2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashToken } from "#core/tokens.ts";
import { openDb } from "#db/open.ts";
import { recordAudit } from "#domain/audit/record.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { makeEmptyDatabase, makeTestDatabase } from "#test/db.ts";
import { makeUser, START } from "#test/people.ts";

const CLI = new URL("./main.ts", import.meta.url).pathname;
const COMMANDS = [
  "start",
  "demo",
  "portal",
  "verifier",
  "migrate",
  "doctor",
  "token create",
  "user create",
  "link",
];

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "latchkey-cli-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Nothing of the environment that the tests themselves run in. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  return { NODE_ENV: "test", PATH: process.env.PATH, AUTH_SECRET: "s".repeat(32), ...env };
}

interface Ran {
  code: number;
  out: string;
  err: string;
}

async function run(args: string, env: Record<string, string> = {}, input = ""): Promise<Ran> {
  const own = environment({ LATCHKEY_DATA_DIR: dataDir, ...env });
  return new Promise((resolve) => {
    const words = args.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
    const child = execFile(process.execPath, [CLI, ...words], { env: own }, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
    child.stdin?.end(input);
  });
}

/** One line on standard error, nothing on standard output, and a non-zero exit. */
function expectRefusal(ran: Ran, says: string | RegExp): void {
  expect(ran.code).not.toBe(0);
  expect(ran.out).toBe("");
  expect(ran.err).toMatch(says);
  expect(ran.err.trim().split("\n")).toHaveLength(1);
}

test.each(COMMANDS)("%s tells how it is used with --help", async (command) => {
  const ran = await run(`${command} --help`);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toContain(`Usage: latchkey ${command}`);
});

test("a command or an option that does not exist is refused with one line", async () => {
  expectRefusal(await run("frobnicate"), /unknown command 'frobnicate'/);
  expectRefusal(await run("migrate --fast"), /unknown option '--fast'/);
  expectRefusal(await run("token create --name ci"), /required option '--user <email>'/);
});

test("a wrong setting stops a command with a line that names it, and not its value", async () => {
  const ran = await run("migrate", { DATABASE_URL: "mysql://root:hunter2@db", PORT: "http" });
  expectRefusal(ran, /DATABASE_URL: must be file:… or postgres:\/\/….*PORT: must be a port/);
  expect(ran.err).not.toContain("hunter2");
});

test("settings may stand in a file .env; the environment goes before it", async () => {
  writeFileSync(join(dataDir, ".env"), "PORT=http\n");
  const child = (env: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const options = { cwd: dataDir, env: environment({ LATCHKEY_DATA_DIR: dataDir, ...env }) };
      execFile(process.execPath, [CLI, "migrate"], options, (_, out, err) => resolve(out + err));
    });
  expect(await child({})).toContain("PORT: must be a port");
  expect(await child({ PORT: "3000" })).toContain("Applied");
});

test("migrate brings an empty database up to date, and says when it was", async () => {
  const env = { DATABASE_URL: await makeEmptyDatabase() };
  expectRefusal(await run("token create --user a@b.c --name ci", env), /not up to date; run: .* migrate/);
  expect(await run("migrate", env)).toMatchObject({ code: 0, err: "" });
  expect((await run("migrate", env)).out).toBe("The database was up to date.\n");
});

test("token create prints a management token that works, and nothing else", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const { email, userId } = await makeUser(db);
  const ran = await run(`token create --user ${email.toUpperCase()} --name "nightly job"`, env);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toMatch(/^lk_mgt_[0-9A-Za-z]{36}\n$/);
  const [row] = await db.read.q.select().from(db.read.t.managementTokens);
  expect(row).toMatchObject({ userId, name: "nightly job", hash: hashToken(ran.out.trim()) });
  const [trace] = await db.read.q.select().from(db.read.t.audit);
  expect(trace).toMatchObject({ action: "managementToken.created", actorId: userId, via: "cli" });
  await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: START }));
  expectRefusal(await run(`token create --user ${email} --name a`, env), /switched off/);
  await db.close();
});

test("token create for nobody, or without a name, is refused with one line", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  expectRefusal(await run("token create --user nobody@example.com --name ci", env), /nobody has the e-mail/);
  expectRefusal(await run('token create --user nobody@example.com --name " "', env), /--name: /);
});

const password = "correct horse battery";
const ada = "user create --email Ada@example.com --name Ada --role admin --password-stdin";

test("user create makes an account with the password from standard input, which appears nowhere", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const ran = await run(ada, env, `${password}\n`);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toMatch(/^Made the admin ada@example\.com \(usr_\w+\)\.\n$/);
  const db = await openDb(env.DATABASE_URL);
  const [user] = await db.read.q.select().from(db.read.t.users);
  expect(user).toMatchObject({ email: "ada@example.com", name: "Ada", siteRole: "admin" });
  expect(await verify(user?.passwordHash ?? "", password)).toBe(true);
  expect(JSON.stringify(await db.read.q.select().from(db.read.t.audit))).not.toContain(password);
  await db.close();
  expectRefusal(await run(ada, env, password), /ada@example\.com|already/i);
});

test("user create is refused with one line for a weak password, a wrong role, or none on standard input", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  expectRefusal(await run(ada, env, "short"), /--password: /);
  expectRefusal(await run(ada.replace("admin", "root"), env, password), /--role: choose admin or developer/);
  expectRefusal(await run(ada.replace(" --password-stdin", ""), env, password), /--password-stdin/);
  expectRefusal(await run(ada.replace("@", " at "), env, password), /too many arguments|--email/);
});

test("link prints a new link for the first administrator, until there is one", async () => {
  const env = { DATABASE_URL: await makeTestDatabase(), LATCHKEY_URL: "https://keys.example.com/" };
  const [first, second] = [await run("link", env), await run("link", env)];
  expect(first.out).toMatch(/^https:\/\/keys\.example\.com\/setup\?token=\w{40}\n$/);
  expect(second.out).not.toBe(first.out);
  await run(ada.replace("admin", "developer"), env, password);
  expect((await run("link", env)).out).toMatch(/setup\?token=/);
  await run(ada.replace("Ada@", "grace@"), env, password);
  expectRefusal(await run("link", env), /there is an administrator already/);
});

test("doctor has one line per finding, and fails while no verifier is alive", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const bad = await run("doctor", env);
  expect(bad.code).toBe(1);
  expect(bad.out).toContain("ok   settings: right");
  expect(bad.out).toContain("ok   schema: current");
  expect(bad.out).toContain("BAD  verifiers: none alive");
  const db = await openDb(env.DATABASE_URL);
  const alive = { id: "ver_1", address: "x", version: "1", startedAt: 0, feedSeq: 0 };
  await db.write((tx) => tx.q.insert(tx.t.verifiers).values({ ...alive, lastSeenAt: Date.now() }));
  await db.close();
  const good = await run("doctor", env);
  expect(good).toMatchObject({ code: 0, err: "" });
  expect(good.out).not.toContain("BAD");
});

test("doctor names files that other users of the machine can read, and how to close them", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const journal = join(dataDir, "journal");
  mkdirSync(journal);
  writeFileSync(join(journal, "segment"), "");
  chmodSync(join(journal, "segment"), 0o644);
  for (const path of [dataDir, journal]) chmodSync(path, 0o755);
  const bad = await run("doctor", env);
  expect(bad.out).toContain(
    `BAD  files: other users of this machine can read 1, such as ${journal}/segment; run: chmod -R o-rwx ${dataDir}`,
  );
  chmodSync(dataDir, 0o700);
  expect((await run("doctor", env)).out).toContain("ok   files: no other user");
});

test("nothing in the data directory is readable to others, also where that exists with mode 0755", async () => {
  chmodSync(dataDir, 0o755);
  const path = join(dataDir, "latchkey.db");
  const env = { DATABASE_URL: `file:${path}` };
  expect((await run("migrate", env)).code).toBe(0);
  expect((await run(ada, env, password)).code).toBe(0);
  // As an earlier version made it.
  chmodSync(path, 0o644);
  expect((await run("migrate", env)).code).toBe(0);
  const modes = readdirSync(dataDir).map((name) => statSync(join(dataDir, name)).mode & 0o077);
  expect(modes.length).toBeGreaterThan(0);
  for (const mode of modes) expect(mode & 0o007).toBe(0);
});

test("doctor walks the audit log's chain, tells its head, and fails where a noted head is not in it", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  await run(ada, env, password);
  const db = await openDb(env.DATABASE_URL);
  await sealAudit(db);
  await db.close();
  const good = await run("doctor --audit", env);
  expect(good).toMatchObject({ code: 0, err: "" });
  const [, head] = /^ok {3}audit: 1 rows, unchanged\n {5}head: ([0-9a-f]{64})\n$/.exec(good.out) ?? [];
  expect(await run(`doctor --audit-head ${head}`, env)).toMatchObject({ code: 0 });
  expectRefusal(
    await run(`doctor --audit-head ${"0".repeat(64)}`, env),
    /the log was cut off or written anew/,
  );
});

test("doctor says where rows of the audit log have been without a place for long", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const system = { actor: { kind: "system" as const }, now: () => Date.UTC(2026, 0, 1) };
  await db.write((tx) =>
    recordAudit(tx, system, { action: "policies.updated", subject: { id: "site", name: "the site" } }),
  );
  await db.close();
  expectRefusal(
    await run("doctor --audit", env),
    /1 are not sealed, the oldest since 2026-01-01T00:00:00\.000Z/,
  );
});

test("doctor names a schema that is missing and a data directory that can't be written", async () => {
  const ran = await run("doctor", {
    DATABASE_URL: await makeEmptyDatabase(),
    LATCHKEY_DATA_DIR: "/proc/latchkey",
  });
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(
    /BAD {2}(schema: \d+ migrations are missing|database: .* is not there yet); run migrate/,
  );
  expect(ran.out).toMatch(/BAD {2}journal: \/proc\/latchkey can't be written/);
});

test("doctor makes nothing: a database that is not there stays so", async () => {
  const ran = await run("doctor", { DATABASE_URL: `file:${dataDir}/none.db` });
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/BAD {2}database: file:.*none\.db is not there yet; run migrate/);
  expect(readdirSync(dataDir)).toEqual([]);
});

test("a start on a port that is taken is refused with the setting to change, before anything is made", async () => {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expectRefusal(await run("start", { PORT: String(port) }), /port \d+ is in use .* set PORT to another/);
  expectRefusal(await run("start", { VERIFIER_PORT: String(port), PORT: "1" }), /VERIFIER_PORT|PORT/);
  server.close();
});

test("a database that is away is told at once, tried again, and no stack is shown", async () => {
  const closed = createServer().listen(0);
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const child = spawn(process.execPath, [CLI, "migrate"], {
    env: environment({ DATABASE_URL: `postgres://latchkey:hunter2@127.0.0.1:${port}/latchkey` }),
  });
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  await expect.poll(() => err.match(/is away/g)?.length ?? 0, { timeout: 15_000 }).toBeGreaterThan(1);
  child.kill();
  await once(child, "close");
  expect(err.split("\n")[0]).toMatch(
    /^latchkey: the database postgres:\/\/latchkey:…@127\.0\.0\.1:\d+\/latchkey is away \(.*ECONNREFUSED.*\); trying again$/,
  );
  expect(err).not.toContain("hunter2");
  expect(err).not.toContain("    at ");
});
