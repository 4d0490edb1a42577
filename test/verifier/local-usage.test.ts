import { once } from "node:events";
import { mkdtemp, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeOf, counted, dirs, running, setUpLocal, site, start, startReady } from "#test/local-fixture.ts";
import { makeKey } from "#test/people.ts";
import { UsageLostError } from "../../sdk/typescript/src/errors.ts";

setUpLocal();

test("every local answer is counted once, even if the response to a report is lost", async () => {
  const { ctx, projectId } = site.verifier;
  const { secret } = await makeKey(ctx, projectId, { restrictions: { ips: ["198.51.100.0/24"] } });
  let losses = 2;
  const local = await startReady({
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (!String(input).endsWith("/usage") || !String(init?.body).includes('"VALID"') || losses-- <= 0)
        return response;
      throw new TypeError("the connection broke");
    },
  });
  const given: Record<string, number> = {};
  for (let call = 0; call < 300; call++) {
    const verdict = await local.verify({
      key: call % 10 === 0 ? "lk_live_wrong" : secret,
      clientIp: call % 3 === 0 ? "203.0.113.9" : `198.51.100.${call % 5}`,
    });
    if (verdict) given[verdict.code] = (given[verdict.code] ?? 0) + 1;
  }
  expect(Object.keys(given).sort()).toEqual(["IP_NOT_ALLOWED", "KEY_MALFORMED", "VALID"]);
  await local.close();
  running.delete(local);
  await expect.poll(counted).toEqual(given);
  expect(losses).toBeLessThan(1);
});

test("with a journal, answers that could not be reported are reported by the next process", async () => {
  const journalDir = await mkdtemp(join(tmpdir(), "latchkey-local-"));
  dirs.push(journalDir);
  const { secret } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  let isCut = false;
  const unreliable: typeof fetch = async (input, init) => {
    if (isCut && String(input).endsWith("/usage")) throw new TypeError("cut");
    return fetch(input, init);
  };
  const first = await startReady({ journalDir, fetch: unreliable });
  isCut = true;
  for (let call = 0; call < 50; call++) expect(await codeOf(first, { key: secret })).toBe("VALID");
  running.delete(first);
  await first.close();
  expect(await readdir(journalDir)).toHaveLength(1);
  await startReady({ journalDir });
  await expect.poll(async () => (await counted()).VALID).toBe(50);
  await expect
    .poll(async () => (await readdir(journalDir, { recursive: true })).filter((name) => /seg_/.test(name)))
    .toEqual([]);
});

test.each(["with a journal", "in memory"])(
  "answers that a token may no longer report end the closing at once: %s",
  async (kind) => {
    const { ctx, projectId } = site.verifier;
    const { secret } = await makeKey(ctx, projectId);
    const journalDir = await mkdtemp(join(tmpdir(), "latchkey-local-"));
    dirs.push(journalDir);
    const errors: unknown[] = [];
    let isForbidden = false;
    const local = await startReady({
      ...(kind === "with a journal" && { journalDir }),
      onError: (error) => errors.push(error),
      async fetch(input, init) {
        if (isForbidden && String(input).endsWith("/usage")) return forbidden();
        return fetch(input, init);
      },
    });
    isForbidden = true;
    for (let call = 0; call < 7; call++) expect(await codeOf(local, { key: secret })).toBe("VALID");
    const startedAt = performance.now();
    const closed = local.close();
    expect(local.close()).toBe(closed);
    await closed;
    running.delete(local);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    const lost = errors.filter((error) => error instanceof UsageLostError);
    if (kind === "in memory") return expect(lost).toMatchObject([{ answers: 7 }]);
    expect(lost).toEqual([]);
    await startReady({ journalDir });
    await expect.poll(async () => (await counted()).VALID).toBe(7);
  },
);

test("closing ends at once while the first connection is not answered", async () => {
  const server = createServer(() => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const connected = once(server, "connection");
  const local = await start({ urls: [`http://127.0.0.1:${port}`] });
  await connected;
  const startedAt = performance.now();
  await local.close();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  server.closeAllConnections();
  server.close();
});

function forbidden(): Response {
  return new Response(JSON.stringify({ title: "Local verification not allowed" }), { status: 403 });
}
