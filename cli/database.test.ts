import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { makeTestDatabase, testDialect } from "#test/db.ts";
import { openWithRetry } from "./database.ts";

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

test("opening fails after the timeout, and names the URL without its password", async () => {
  const url = `postgres://latchkey:hunter2@127.0.0.1:${await closedPort()}/latchkey`;
  const lines: string[] = [];
  const opening = openWithRetry({ databaseUrl: url }, (line) => lines.push(line), 500);
  await expect(opening).rejects.toThrow(
    /postgres:\/\/latchkey:…@.* was unreachable for 0\.5 s: .*ECONNREFUSED/,
  );
  expect(lines.length).toBeGreaterThan(0);
});

test("a password in the query of the URL is not named either", async () => {
  const url = `postgres://127.0.0.1:${await closedPort()}/latchkey?user=latchkey&password=hunter2&sslmode=disable`;
  const opening = openWithRetry({ databaseUrl: url }, () => {}, 0);
  await expect(opening).rejects.toThrow("?user=latchkey&password=…&sslmode=disable was unreachable");
});

// Only on Postgres: a SQLite file is never unreachable.
if (testDialect() === "postgres") {
  test("a database that becomes reachable in time is opened", async () => {
    const real = new URL(await makeTestDatabase());
    const port = await closedPort();
    const forward = createServer((socket) => {
      const upstream = connect(Number(real.port), real.hostname);
      socket.pipe(upstream).pipe(socket);
      socket.on("error", () => upstream.destroy());
      upstream.on("error", () => socket.destroy());
    });
    const url = new URL(real);
    url.hostname = "127.0.0.1";
    url.port = String(port);
    const db = await openWithRetry(
      { databaseUrl: url.href },
      () => forward.listen(port, "127.0.0.1"),
      10_000,
    );
    expect(db.dialect).toBe("postgres");
    await db.close();
    forward.close();
  });

  test("an error that retrying cannot fix is reported at once", async () => {
    const url = new URL(await makeTestDatabase());
    url.pathname = "/no_such_database";
    const lines: string[] = [];
    const opening = openWithRetry({ databaseUrl: url.href }, (line) => lines.push(line));
    await expect(opening).rejects.toThrow(/can't be opened: .*no_such_database/);
    expect(lines).toEqual([]);
  });
}
