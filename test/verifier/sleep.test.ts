import { afterEach, beforeEach, expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { revokeServiceToken } from "#domain/access/service-tokens/revoke.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { makeKey, makeServiceToken } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

let verifier: TestVerifier;
beforeEach(async () => {
  verifier = await startTestVerifier();
});
afterEach(() => verifier.stop());

test("after its machine slept, a verifier gives no verdict by what it knew before", async () => {
  const { ctx, projectId, engine } = verifier;
  const { secret, key } = await makeKey(ctx, projectId);
  expect(await verifier.verdict(secret)).toMatchObject({ code: "VALID" });
  // Nothing reads the change feed on a machine that sleeps.
  await engine.feed.stop();
  await revokeKey({ ctx, input: { projectId, keyId: key.id } });
  expect(await verifier.verdict(secret)).toMatchObject({ code: "VALID" });
  verifier.slept.ms += HOUR_MS;
  expect(await verifier.verdict(secret)).toMatchObject({ code: "KEY_REVOKED" });
});

test("after its machine slept, a verifier accepts no service token that was revoked meanwhile", async () => {
  const { ctx, db, engine } = verifier;
  const { id, token } = await makeServiceToken(db);
  const status = async () => (await verifier.post({ key: "x", api: "badges" }, { token })).status;
  expect(await status()).toBe(200);
  await engine.feed.stop();
  await revokeServiceToken({ ctx, input: { serviceTokenId: id } });
  expect(await status()).toBe(200);
  verifier.slept.ms += HOUR_MS;
  expect(await status()).toBe(401);
});
