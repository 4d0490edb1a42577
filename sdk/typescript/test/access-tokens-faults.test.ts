import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, expect, test } from "vitest";
import { HOUR_MS } from "../../../core/time.ts";
import { AccessTokenVerifier, type Clock } from "../src/access-tokens.ts";
import { VerdictUnavailableError } from "../src/errors.ts";

const ISSUER = "https://keys.example";
const { privateKey, publicKey } = await generateKeyPair("ES256");
const published = { ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256", use: "sig" };

const opened: AccessTokenVerifier[] = [];
afterEach(async () => {
  for (const verifier of opened.splice(0)) await verifier.close();
});

/** A verifier that answers with these keys, and with the list of revocations that `list` returns. */
function verifierWith(
  keys: unknown[],
  list: (after: string | null) => object | null | Promise<object | null>,
  clocks: { now?: () => number; clock?: Clock } = {},
): AccessTokenVerifier {
  const fetch = async (input: unknown, init?: RequestInit) => {
    const url = new URL(String(input));
    if (url.pathname === "/.well-known/jwks.json") return Response.json({ keys });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const answer = await list(url.searchParams.get("after"));
    if (answer !== null)
      return Response.json({ complete: false, more: false, lagMs: 0, entries: [], ...answer });
    // Nothing new: the request waits, as at a verifier.
    await new Promise((resolve) => setTimeout(resolve, 100));
    init?.signal?.throwIfAborted();
    return Response.json({
      complete: false,
      more: false,
      lagMs: 0,
      entries: [],
      cursor: "a.1",
      asOf: asOf(),
    });
  };
  const verifier = new AccessTokenVerifier({
    url: "http://verifier.example",
    token: "lk_svc_test",
    issuer: ISSUER,
    api: "badges",
    fetch: fetch as typeof globalThis.fetch,
    onError: () => {},
    ...clocks,
  });
  opened.push(verifier);
  return verifier;
}

const token = (sub: string, expiresAt: Date | string = "5m") =>
  new SignJWT({ client_id: sub, jti: `jti ${sub}`, latchkey: { project: "prj_1", secret: "sec_1" } })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "k1" })
    .setIssuer(ISSUER)
    .setSubject(sub)
    .setAudience("badges")
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(privateKey);

const asOf = (aheadMs = 0) => new Date(Date.now() + aheadMs).toISOString();
const revoked = (keyId: string) => ({
  keyId,
  issuedBefore: null,
  until: new Date(Date.now() + 900_000).toISOString(),
});

test("after a verifier's clock was hours ahead, tokens are accepted again, and revoked ones stay denied", async () => {
  const entries = [revoked("key_revoked")];
  let isAhead = true;
  let turns = 0;
  const verifier = verifierWith([published], (after) => {
    if (after === null)
      return { complete: true, cursor: "a.1", asOf: asOf(isAhead ? 5 * HOUR_MS : 0), entries };
    if (isAhead) return { cursor: "a.1", asOf: asOf(5 * HOUR_MS) };
    turns++;
    return turns < 20 ? { cursor: "a.1", asOf: asOf() } : null;
  });
  const code = async (sub: string) => {
    const outcome = await verifier.verify(await token(sub));
    return outcome.valid ? "VALID" : outcome.code;
  };
  expect(await code("key_1")).toBe("TOKEN_EXPIRED");
  isAhead = false;
  await expect.poll(() => code("key_1")).toBe("VALID");
  expect(await code("key_revoked")).toBe("TOKEN_REVOKED");
});

test("a service whose clock is behind denies a token that ended while its verifier lagged", async () => {
  // The list has no entry for it anymore: the verifier forgot it when the token expired.
  const behind = () => ({ asOf: asOf(-4_000), lagMs: 4_000, cursor: "a.0" });
  const verifier = verifierWith([published], (after) => ({ complete: after === null, ...behind() }), {
    now: () => Date.now() - HOUR_MS,
  });
  const ended = await token("key_1", new Date(Date.now() - 1_000));
  expect(await verifier.verify(ended)).toMatchObject({ code: "TOKEN_EXPIRED" });
  expect(await verifier.verify(await token("key_1"))).toMatchObject({ valid: true });
});

test.each([
  ["the machine slept", { monotonic: 0, wall: HOUR_MS }],
  ["time passed and the clock was set back", { monotonic: 10_000, wall: -HOUR_MS }],
])("after %s, no token is accepted until a verifier was asked again", async (_, passed) => {
  const offset = { monotonic: 0, wall: 0 };
  let answer = () => {};
  const answering = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const verifier = verifierWith(
    [published],
    async (after) => {
      if (after === null) return { complete: true, cursor: "a.0", asOf: asOf() };
      await answering;
      return null;
    },
    {
      clock: {
        monotonic: () => performance.now() + offset.monotonic,
        wall: () => Date.now() + offset.wall,
      },
    },
  );
  const isAccepted = async () => {
    try {
      return (await verifier.verify(await token("key_1"))).valid;
    } catch (error) {
      if (error instanceof VerdictUnavailableError) return null;
      throw error;
    }
  };
  expect(await isAccepted()).toBe(true);
  Object.assign(offset, passed);
  expect(await isAccepted()).toBeNull();
  answer();
  await expect.poll(isAccepted).toBe(true);
});

test("published keys that can't be imported leave the others usable", async () => {
  const unusable = [
    { ...published, kid: "off the curve", x: published.y, y: published.x },
    { ...published, kid: "too short", x: "AA" },
    { ...published, kid: "no number", x: 7 },
    { kty: "OKP", crv: "Ed25519", kid: "too long", x: "A".repeat(80) },
    { kty: "oct", kid: "a secret", k: "AA" },
    null,
    7,
  ];
  const verifier = verifierWith([...unusable, published], (after) =>
    after === null ? { complete: true, cursor: "a.0", asOf: asOf() } : null,
  );
  expect(await verifier.verify(await token("key_1"))).toMatchObject({ valid: true });
});

test("requests that have ended leave nothing in memory, however long the verifier is open", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const signals: WeakRef<AbortSignal>[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    // As `fetch` does.
    init?.signal?.addEventListener("abort", () => {});
    if (init?.signal) signals.push(new WeakRef(init.signal));
    // The others follow once the first requests have been looked at.
    if (signals.length > 200) await new Promise((resolve) => setTimeout(resolve, 1_000));
    return Response.json({
      complete: true,
      more: false,
      lagMs: 0,
      entries: [],
      cursor: "a.1",
      asOf: asOf(),
    });
  };
  opened.push(
    new AccessTokenVerifier({
      url: "http://verifier.example",
      token: "lk_svc_test",
      issuer: ISSUER,
      api: "badges",
      fetch: fetch as typeof globalThis.fetch,
      onError: () => {},
    }),
  );
  await expect.poll(() => signals.length, { timeout: 10_000 }).toBeGreaterThan(200);
  const alive = () => {
    collectGarbage();
    return signals.filter((signal) => signal.deref() !== undefined).length;
  };
  await expect.poll(alive, { timeout: 10_000 }).toBeLessThan(20);
});
