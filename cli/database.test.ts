import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { makeTestDatabase, testDialect } from "#test/db.ts";
import { openPatiently } from "./database.ts";

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

test("a database that stays away is given up on, with its address but without its password", async () => {
  const url = `postgres://latchkey:hunter2@127.0.0.1:${await closedPort()}/latchkey`;
  const lines: string[] = [];
  const opening = openPatiently({ databaseUrl: url }, (line) => lines.push(line), 500);
  await expect(opening).rejects.toThrow(/postgres:\/\/latchkey:…@.* stayed away for 0\.5 s: .*ECONNREFUSED/);
  expect(lines.length).toBeGreaterThan(0);
});

// A file is never away: there is nothing to wait for on SQLite.
if (testDialect() === "postgres") {
  test("a database that comes back in time is opened", async () => {
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
    const db = await openPatiently(
      { databaseUrl: url.href },
      () => forward.listen(port, "127.0.0.1"),
      10_000,
    );
    expect(db.dialect).toBe("postgres");
    await db.close();
    forward.close();
  });

  test("what waiting can't mend is told at once", async () => {
    const url = new URL(await makeTestDatabase());
    url.pathname = "/no_such_database";
    const lines: string[] = [];
    const opening = openPatiently({ databaseUrl: url.href }, (line) => lines.push(line));
    await expect(opening).rejects.toThrow(/can't be opened: .*no_such_database/);
    expect(lines).toEqual([]);
  });
}
