import { expect, test } from "vitest";
import { counted, setUpLocal, site } from "#test/local-fixture.ts";
import { makeKey } from "#test/people.ts";
import { Latchkey, type LatchkeyOptions } from "../../sdk/typescript/src/client.ts";
import { VerdictUnavailableError } from "../../sdk/typescript/src/errors.ts";

setUpLocal();

/** A client in local mode, as a service creates it. */
function clientOf(options: Partial<LatchkeyOptions>): Latchkey {
  const { token } = site.service;
  return new Latchkey({ url: site.proxy.url, token, mode: "local", onLocalError: () => {}, ...options });
}

test("a check waits for facts for half of its time, then a verifier is asked, and it is counted once", async () => {
  const { secret } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  const timeoutMs = 2_000;
  const latchkey = clientOf({
    timeoutMs,
    async fetch(input, init) {
      const response = await fetch(input, init);
      return String(input).endsWith("/sync/facts") ? new Promise(() => {}) : response;
    },
  });
  await expect.poll(() => latchkey.isLocal).toBe(true);
  const startedAt = performance.now();
  expect((await latchkey.verify({ key: secret })).code).toBe("VALID");
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThanOrEqual(timeoutMs / 2 - 1);
  expect(tookMs).toBeLessThan(timeoutMs);
  await latchkey.close();
  site.verifier.engine.journal.rotate();
  expect(await counted()).toEqual({ VALID: 1 });
});

test("a check ends in time if the verifier hangs while its facts are read", async () => {
  const latchkey = clientOf({ timeoutMs: 500 });
  await expect.poll(() => latchkey.isLocal).toBe(true);
  site.proxy.pauseResponses();
  const { secret } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  const startedAt = performance.now();
  await expect(latchkey.verify({ key: secret })).rejects.toThrow(VerdictUnavailableError);
  expect(performance.now() - startedAt).toBeLessThan(1_500);
  site.proxy.resumeResponses();
  await latchkey.close();
});
