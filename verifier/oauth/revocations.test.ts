import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { updateKey } from "#domain/keys/update.ts";
import { RevocationList } from "#engine/access-tokens/revocation-list.ts";
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
  await expect.poll(() => verifier.engine.feed.appliedSeq).toBeGreaterThan(0);
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

test("a clock that is ahead for a moment makes no revocation forgotten", async () => {
  const { key } = await makeKey(verifier.ctx, verifier.projectId);
  await expect.poll(() => verifier.engine.feed.appliedSeq).toBeGreaterThan(0);
  await client.revocations();
  await revokeKey({ ctx: verifier.ctx, input: { projectId: verifier.projectId, keyId: key.id } });
  verifier.engine.feed.wake();
  await expect.poll(() => client.revocations()).toMatchObject({ entries: [{ keyId: key.id }] });
  const { cursor } = await client.revocations();
  const right = verifier.clock.now();
  verifier.clock.advance(5 * HOUR_MS);
  expect(await client.revocations()).toMatchObject({ entries: [] });
  verifier.clock.set(right + 100);
  // Those who follow get all entries again.
  const again = await client.revocations(`?after=${cursor}`);
  expect(again).toMatchObject({ complete: true, entries: [{ keyId: key.id, issuedBefore: null }] });
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

test("a secret that a process with a faster clock ended is listed, and its tokens are inactive", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId);
  const old = await client.tokenFor(secret);
  await expect.poll(() => verifier.engine.feed.appliedSeq).toBeGreaterThan(0);
  await client.revocations();
  const ctx = { ...verifier.ctx, now: () => verifier.clock.now() + 3_000 };
  const input = { projectId: verifier.projectId, keyId: key.id, overlapSeconds: 0 };
  await rotateKey({ ctx, input });
  verifier.engine.feed.wake();
  await expect.poll(() => client.revocations()).toMatchObject({ entries: [{ keyId: key.id }] });
  expect(await client.introspect(old)).toEqual({ active: false });
});

test("what was denied when a key was enabled again stays denied, as does a secret that was replaced before", async () => {
  const { key } = await makeKey(verifier.ctx, verifier.projectId);
  await expect.poll(() => verifier.engine.feed.appliedSeq).toBeGreaterThan(0);
  await client.revocations();
  const ref = { projectId: verifier.projectId, keyId: key.id };
  const secretId = key.secrets[0]?.id;
  const change = async (work: Promise<unknown>, ...entries: object[]) => {
    await work;
    verifier.engine.feed.wake();
    await expect.poll(() => client.revocations()).toMatchObject({ entries });
    verifier.clock.advance(60_000);
  };
  const { ctx } = verifier;
  const ended = { keyId: key.id, secretId, issuedBefore: null };
  await change(rotateKey({ ctx, input: { ...ref, overlapSeconds: 0 } }), ended);
  await change(updateKey({ ctx, input: { ...ref, enabled: false } }), ended, { issuedBefore: null });
  const issuedBefore = new Date(verifier.clock.now()).toISOString();
  await change(updateKey({ ctx, input: { ...ref, enabled: true } }), ended, { keyId: key.id, issuedBefore });
});

test("a rotation denies the tokens of the old secret and none of the new one, also in the same second", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId);
  await expect.poll(() => verifier.engine.feed.appliedSeq).toBeGreaterThan(0);
  await client.revocations();
  const old = (await client.verified(await client.tokenFor(secret))).payload;
  const input = { projectId: verifier.projectId, keyId: key.id, overlapSeconds: 0 };
  const next = await rotateKey({ ctx: verifier.ctx, input });
  const current = (await client.verified(await client.tokenFor(next.secret))).payload;
  verifier.engine.feed.wake();
  await expect.poll(async () => (await client.revocations()).entries).toHaveLength(1);
  const [{ keyId, secretId, issuedBefore }] = (await client.revocations()).entries;
  expect({ keyId, secretId, issuedBefore }).toEqual({
    keyId: key.id,
    secretId: (old.latchkey as { secret: string }).secret,
    issuedBefore: null,
  });
  expect(current.latchkey).toMatchObject({ secret: next.key.secrets[0]?.id });
  expect(current.iat).toBe(old.iat);
});

test("an overlap that is shorter than a token's life is listed when it ends, also to those who wait", async () => {
  const { key } = await makeKey(verifier.ctx, verifier.projectId);
  const input = { projectId: verifier.projectId, keyId: key.id, overlapSeconds: 60 };
  await rotateKey({ ctx: verifier.ctx, input });
  verifier.clock.advance(59_900);
  const list = new RevocationList(verifier.engine);
  const { cursor, entries } = await list.read(null, 0);
  expect(entries).toEqual([]);
  // Nothing else wakes it than the end of the overlap, 100 ms away.
  const waiting = list.read(cursor, 20_000);
  await new Promise(setImmediate);
  verifier.clock.advance(100);
  expect(await waiting).toMatchObject({ entries: [{ keyId: key.id, secretId: key.secrets[0]?.id }] });
});

test("a key whose expiry was brought forward is listed when it ends, and not once it is extended", async () => {
  const { key } = await makeKey(verifier.ctx, verifier.projectId);
  await expect.poll(() => verifier.engine.feed.appliedSeq).toBeGreaterThan(0);
  await client.revocations();
  const expire = (inMs: number) => {
    const expiresAt = verifier.clock.now() + inMs;
    const input = { projectId: verifier.projectId, keyId: key.id, expiresAt };
    return updateKey({ ctx: verifier.ctx, input }).then(() => verifier.engine.feed.wake());
  };
  await expire(60_000);
  expect(await client.revocations()).toMatchObject({ entries: [] });
  verifier.clock.advance(60_000);
  await expect
    .poll(() => client.revocations())
    .toMatchObject({ entries: [{ keyId: key.id, issuedBefore: null }] });
  await expire(HOUR_MS);
  await expect
    .poll(() => client.revocations())
    .toMatchObject({ entries: [{ keyId: key.id, issuedBefore: expect.any(String) }] });
});

test("a token is inactive once its key has expired, even if the end was brought forward", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId);
  const token = await client.tokenFor(secret);
  const expiresAt = verifier.clock.now() + 60_000;
  const input = { projectId: verifier.projectId, keyId: key.id, expiresAt };
  await updateKey({ ctx: verifier.ctx, input });
  expect(await client.introspect(token)).toMatchObject({ active: true });
  verifier.clock.advance(60_000);
  expect(await client.introspect(token)).toEqual({ active: false });
});

test("without the database, tokens end when verdicts do", async () => {
  const { secret } = await makeKey(verifier.ctx, verifier.projectId);
  await client.tokenFor(secret);
  await verifier.engine.feed.stop();
  verifier.monotonic.ms += 40_000;
  expect(await (await client.exchange(secret)).json()).toMatchObject({ expires_in: 20 });
  verifier.monotonic.ms += 19_500;
  expect((await client.exchange(secret)).status).toBe(503);
});

test("a waiting reader gets the whole list if a change could not be read", async () => {
  const { key } = await makeKey(verifier.ctx, verifier.projectId);
  await revokeKey({ ctx: verifier.ctx, input: { projectId: verifier.projectId, keyId: key.id } });
  await verifier.engine.feed.stop();
  const list = new RevocationList(verifier.engine);
  const { cursor, entries } = await list.read(null, 0);
  expect(entries).toMatchObject([{ keyId: key.id }]);
  const waiting = list.read(cursor, 2_000);
  await new Promise(setImmediate);
  vi.spyOn(verifier.db.read.q, "select").mockImplementationOnce(() => {
    throw new Error("the database is away");
  });
  list.changed([{ kind: "key", subject: key.id }]);
  expect(await waiting).toMatchObject({ complete: true, entries });
});
