import { afterEach, beforeEach, expect, test } from "vitest";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { updateKey } from "#domain/keys/update.ts";
import { basic, oauthClient } from "#test/oauth-client.ts";
import { makeApi, makeKey, makeServiceToken } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

let verifier: TestVerifier;
let client: ReturnType<typeof oauthClient>;
beforeEach(async () => {
  verifier = await startTestVerifier();
  client = oauthClient(verifier);
});
afterEach(() => verifier.stop());

test("a token is inactive once its key is disabled, and an unknown text always is", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId);
  const token = await client.tokenFor(secret);
  expect(await client.introspect(token)).toMatchObject({ active: true, sub: key.id, aud: "badges" });
  const input = { projectId: verifier.projectId, keyId: key.id, enabled: false };
  await updateKey({ ctx: verifier.ctx, input });
  expect(await client.introspect(token)).toEqual({ active: false });
  for (const text of ["nonsense", `${token}x`, secret, "a.b.c", "x".repeat(15_000)])
    expect(await client.introspect(text)).toEqual({ active: false });
});

test("a service token for another API learns nothing about a token, and nobody without one", async () => {
  const { secret } = await makeKey(verifier.ctx, verifier.projectId);
  const token = await client.tokenFor(secret);
  const other = await makeServiceToken(verifier.db, await makeApi(verifier.db, "other"));
  expect(await client.introspect(token, other.token)).toEqual({ active: false });
  const without = await client.post("/oauth/introspect", { token });
  expect(without.status).toBe(401);
  expect((await fetch(`${verifier.url}/api/v1/revocations`)).status).toBe(401);
});

test("rotating without an overlap ends the tokens of the old secret, not those of the new", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId);
  const old = await client.tokenFor(secret);
  const input = { projectId: verifier.projectId, keyId: key.id, overlapSeconds: 0 };
  const next = await rotateKey({ ctx: verifier.ctx, input });
  verifier.clock.advance(2_000);
  await verifier.engine.feed.wake();
  verifier.clearCache();
  expect(await client.introspect(old)).toEqual({ active: false });
  expect(await client.introspect(await client.tokenFor(next.secret))).toMatchObject({ active: true });
});

test("a revoked key is listed to those who wait, and a restored key gets new tokens only", async () => {
  const { key } = await makeKey(verifier.ctx, verifier.projectId);
  // The first change of an empty database starts the list again.
  await expect.poll(() => verifier.engine.feed.position).toBeGreaterThan(0);
  const first = await client.revocations();
  expect(first).toMatchObject({ complete: true, more: false, entries: [] });
  const waiting = client.revocations(`?wait=20&after=${first.cursor}`);
  const input = { projectId: verifier.projectId, keyId: key.id };
  await revokeKey({ ctx: verifier.ctx, input });
  verifier.engine.feed.wake();
  const second = await waiting;
  expect(second).toMatchObject({ complete: false, entries: [{ keyId: key.id, issuedBefore: null }] });
  verifier.clock.advance(1_000);
  await restoreKey({ ctx: verifier.ctx, input });
  verifier.engine.feed.wake();
  await expect
    .poll(() => client.revocations(`?after=${second.cursor}`))
    .toMatchObject({ entries: [{ keyId: key.id, issuedBefore: expect.any(String) }] });
  // Another process has another list.
  expect(await client.revocations("?after=elsewhere.3")).toMatchObject({ complete: true });
  verifier.clock.advance(20 * 60_000);
  expect(await client.revocations()).toMatchObject({ entries: [] });
});

test("a single token is revoked by its key or by a service, and by nobody else", async () => {
  const [own, other] = [
    await makeKey(verifier.ctx, verifier.projectId),
    await makeKey(verifier.ctx, verifier.projectId),
  ];
  const token = await client.tokenFor(own.secret);
  const second = await client.tokenFor(own.secret);
  const byOther = await client.post("/oauth/revoke", { token }, basic(other.key.id, other.secret));
  expect(byOther.status).toBe(200);
  expect(await client.introspect(token)).toMatchObject({ active: true });
  expect((await client.post("/oauth/revoke", { token })).status).toBe(401);
  await client.revocations();
  expect((await client.post("/oauth/revoke", { token }, basic(own.key.id, own.secret))).status).toBe(200);
  expect(await client.introspect(token)).toEqual({ active: false });
  expect(await client.introspect(second)).toMatchObject({ active: true });
  verifier.engine.feed.wake();
  const { jti } = (await client.verified(token)).payload;
  await expect.poll(() => client.revocations()).toMatchObject({ entries: [{ jti, issuedBefore: null }] });
});
