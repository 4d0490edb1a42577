import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeOf, counted, dirs, running, setUpLocal, site, startReady } from "#test/local-fixture.ts";
import { makeKey } from "#test/people.ts";

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
