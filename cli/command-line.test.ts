import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, openSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { CLI, data, environment, expectError, run, setUpDataDir } from "#test/cli.ts";
import { program } from "./program.ts";

const COMMANDS = [
  "start",
  "demo",
  "dev",
  "portal",
  "verifier",
  "migrate",
  "doctor",
  "token create",
  "user delete",
  "user change-email",
  "user create",
  "user list",
  "user reset-password",
  "user disable-mfa",
  "link",
  "backup",
  "restore",
  "move",
  "usage copy",
  "auth-secret rotate",
  "auth-secret reseal",
  "auth-secret forget",
];

setUpDataDir();

test.each(COMMANDS)("%s has a usage", (command) => {
  const words = command.split(" ");
  const found = words.reduce<Command | undefined>(
    (parent, word) => parent?.commands.find((each) => each.name() === word),
    program(),
  );
  expect(found?.helpInformation()).toContain(`Usage: latchkey ${command}`);
});

test("--help prints the usage of a command", async () => {
  const ran = await run("token create --help");
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toContain("Usage: latchkey token create");
});

test("an unknown command or option is rejected with one line", async () => {
  expectError(await run("frobnicate"), /unknown command 'frobnicate'/);
  expectError(await run("migrate --fast"), /unknown option '--fast'/);
  expectError(await run("token create --name ci"), /required option '--user <email>'/);
});

test("an invalid setting stops a command with one line that names the setting but not its value", async () => {
  const ran = await run("migrate", { DATABASE_URL: "mysql://root:hunter2@db", PORT: "http" });
  expectError(ran, /DATABASE_URL: must be file:… or postgres:\/\/….*PORT: must be a port/);
  expect(ran.err).not.toContain("hunter2");
});

test("a database that can't be there fails a command with one line that says why", async () => {
  for (const [url, reason] of [
    ["file:/proc/x/latchkey.db", "/proc/x can't be created: the directory above it can't contain new ones"],
    ["file:/proc/latchkey.db", "it is a directory, or can't be created there"],
    ["file:/etc", "it is a directory, or can't be created there"],
    ["file:/etc/hostname/latchkey.db", "/etc/hostname can't be created: it is a file"],
  ] as const)
    expectError(
      await run("migrate", { DATABASE_URL: url }),
      `the database ${url} can't be opened: ${reason}\n`,
    );
});

test("output that can't be written fails a command with one line, without a stack", async () => {
  const env = environment({ LATCHKEY_DATA_DIR: data.dir });
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [CLI, "migrate"], { env, stdio: ["ignore", full, "pipe"] });
  let err = "";
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, "close");
  closeSync(full);
  expect({ code, err }).toEqual({
    code: 1,
    err: "latchkey: the output can't be written: the disk is full\n",
  });
});

test("settings are read from .env, and the environment overrides it", async () => {
  writeFileSync(join(data.dir, ".env"), "PORT=http\n");
  const child = (env: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const options = { cwd: data.dir, env: environment({ LATCHKEY_DATA_DIR: data.dir, ...env }) };
      execFile(process.execPath, [CLI, "migrate"], options, (_, out, err) => resolve(out + err));
    });
  expect(await child({})).toContain("PORT: must be a port");
  expect(await child({ PORT: "3000" })).toContain("Applied");
});

test("nothing in the data directory is readable to others, also where that exists with mode 0755", async () => {
  chmodSync(data.dir, 0o755);
  const path = join(data.dir, "latchkey.db");
  const env = { DATABASE_URL: `file:${path}` };
  expect((await run("migrate", env)).code).toBe(0);
  const account = "user create --email ada@example.com --name Ada --role admin --password-stdin";
  expect((await run(account, env, "correct horse battery")).code).toBe(0);
  // As an earlier version created it.
  chmodSync(path, 0o644);
  expect((await run("migrate", env)).code).toBe(0);
  const modes = readdirSync(data.dir).map((name) => statSync(join(data.dir, name)).mode & 0o077);
  expect(modes.length).toBeGreaterThan(0);
  for (const mode of modes) expect(mode & 0o007).toBe(0);
});

test("a start on a port in use fails with the setting to change, before anything is created", async () => {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expectError(
    await run("start", { PORT: String(port) }),
    /port \d+ is already in use; set PORT to a free port/,
  );
  expectError(await run("start", { VERIFIER_PORT: String(port), PORT: "1" }), /VERIFIER_PORT|PORT/);
  server.close();
});

test("an unreachable database is reported at once and retried, without a stack", async () => {
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
  await expect.poll(() => err.match(/is unreachable/g)?.length ?? 0, { timeout: 15_000 }).toBeGreaterThan(1);
  child.kill();
  await once(child, "close");
  expect(err.split("\n")[0]).toMatch(
    /^latchkey: the database postgres:\/\/latchkey:…@127\.0\.0\.1:\d+\/latchkey is unreachable \(.*ECONNREFUSED.*\); retrying$/,
  );
  expect(err).not.toContain("hunter2");
  expect(err).not.toContain("    at ");
});
