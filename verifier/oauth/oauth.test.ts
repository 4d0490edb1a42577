import { decodeProtectedHeader } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { updateKey } from "#domain/keys/update.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { basic, oauthClient } from "#test/oauth-client.ts";
import { enableFor, makeApi, makeKey, START } from "#test/people.ts";
import { startTestVerifier, type TestVerifier, TOKEN_SETTINGS } from "#test/test-verifier.ts";

let verifier: TestVerifier;
let client: ReturnType<typeof oauthClient>;
beforeEach(async () => {
  verifier = await startTestVerifier();
  client = oauthClient(verifier);
});
afterEach(() => verifier.stop());

test("a key is exchanged for a token that a stock library verifies with the published keys", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId, { externalId: "acme" });
  const response = await client.exchange(secret);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const { access_token: token, ...answer } = await response.json();
  expect(answer).toEqual({
    token_type: "Bearer",
    expires_in: 300,
    issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
  });
  const { payload, protectedHeader } = await client.verified(token);
  expect(protectedHeader).toMatchObject({ alg: "ES256", typ: "at+jwt" });
  expect(payload).toMatchObject({
    sub: key.id,
    client_id: key.id,
    iat: START / 1_000,
    exp: START / 1_000 + 300,
    latchkey: { project: verifier.projectId, environment: "live", externalId: "acme" },
  });
});

test("the key's id and secret are client credentials, by HTTP Basic or in the body", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId);
  const fields = { grant_type: "client_credentials", resource: "badges" };
  const byBasic = await client.post("/oauth/token", fields, basic(key.id, secret));
  expect(byBasic.status).toBe(200);
  expect((await client.verified((await byBasic.json()).access_token)).payload.sub).toBe(key.id);
  const byBody = await client.post("/oauth/token", { ...fields, client_id: key.id, client_secret: secret });
  expect(byBody.status).toBe(200);
});

test("another key's id, a wrong secret and an unknown key get one answer", async () => {
  const [one, other] = [
    await makeKey(verifier.ctx, verifier.projectId),
    await makeKey(verifier.ctx, verifier.projectId),
  ];
  const fields = { grant_type: "client_credentials", audience: "badges" };
  const answers = [];
  for (const [id, secret] of [
    [one.key.id, other.secret],
    [one.key.id, "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"],
    ["key_unknown", other.secret],
  ] as const) {
    const response = await client.post("/oauth/token", fields, basic(id, secret));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^Basic /);
    answers.push(JSON.stringify(await response.json()));
  }
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain("invalid_client");
});

test("the exchange is a check: rules apply, the verdict is counted, and limits are consumed", async () => {
  const { key, secret } = await makeKey(verifier.ctx, verifier.projectId, {
    limits: { rate: { limit: 1, windowSeconds: 60 }, quota: null },
  });
  await client.tokenFor(secret);
  const limited = await client.exchange(secret);
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await limited.json()).toMatchObject({
    error: "temporarily_unavailable",
    error_description: expect.stringMatching(/^RATE_LIMITED: /),
  });
  verifier.engine.journal.rotate();
  await storeSegments(verifier.db, verifier.dir, verifier.clock.now);
  const usage = await sumUsage(verifier.db.read, {
    buckets: [{ interval: "hour", from: 0 }],
    by: ["keyId", "code"],
    sums: ["checks", "units"],
  });
  expect(usage.map(({ keyId, code, checks, units }) => [keyId, code, checks, units]).sort()).toEqual([
    [key.id, "RATE_LIMITED", 1, 0],
    [key.id, "VALID", 1, 1],
  ]);
});

test("errors carry the code of the check and the error of the standard", async () => {
  const { secret } = await makeKey(verifier.ctx, verifier.projectId);
  const elsewhere = await makeKey(verifier.ctx, verifier.projectId, {
    restrictions: { ips: ["203.0.113.0/24"] },
  });
  const cases: [Promise<Response>, number, string, RegExp][] = [
    [client.exchange("lk_live_nonsense"), 400, "invalid_request", /^KEY_MALFORMED: /],
    [client.exchange(elsewhere.secret), 400, "unauthorized_client", /^IP_NOT_ALLOWED: /],
    [
      client.exchange(secret, { audience: "streams" }),
      400,
      "invalid_target",
      /^API_NOT_ENABLED: Enable the API 'streams'/,
    ],
    [
      client.exchange(secret, { audience: "nothing" }),
      400,
      "invalid_target",
      /^API_NOT_ENABLED: Enable the API 'nothing'/,
    ],
    [client.exchange(secret, { audience: undefined }), 400, "invalid_target", /Name one API/],
    [client.exchange(secret, { resource: "streams" }), 400, "invalid_target", /Name one API/],
    [
      client.exchange(secret, { subject_token_type: undefined }),
      400,
      "invalid_request",
      /subject_token_type/,
    ],
    [client.exchange(secret, { actor_token: secret }), 400, "invalid_request", /actor_token/],
    [client.exchange(secret, { grant_type: "password" }), 400, "unsupported_grant_type", /grant_type/],
    [client.exchange(secret, { grant_type: "" }), 400, "invalid_request", /grant_type/],
    [client.exchange(secret, { scope: 'a "b' }), 400, "invalid_scope", /scope/],
    [client.exchange(secret, { scope: "badges:write" }), 400, "invalid_scope", /^SCOPE_NOT_GRANTED: /],
    [
      client.exchange(secret, { requested_token_type: "urn:x" }),
      400,
      "invalid_request",
      /requested_token_type/,
    ],
    [client.post("/oauth/token", "grant_type=a&grant_type=b"), 400, "invalid_request", /repeated/],
    [
      client.post("/oauth/token", "grant_type=client_credentials&audience=badges"),
      401,
      "invalid_client",
      /client_id/,
    ],
  ];
  for (const [answer, status, error, description] of cases) {
    const response = await answer;
    const body = await response.json();
    expect(body).toEqual({ error, error_description: expect.stringMatching(description) });
    expect(response.status).toBe(status);
    expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
  }
});

test("a token is never exchanged for another, nor accepted as a key", async () => {
  const { secret } = await makeKey(verifier.ctx, verifier.projectId);
  const token = await client.tokenFor(secret);
  expect((await client.exchange(token)).status).toBe(400);
  const asToken = await client.exchange(token, {
    subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
  });
  expect(asToken.status).toBe(400);
  expect(await verifier.verdict(token)).toMatchObject({ code: "KEY_MALFORMED" });
});

test("a token never outlives the key or the overlap of its secret", async () => {
  const { secret } = await makeKey(verifier.ctx, verifier.projectId, {
    expiresAt: new Date(START + 90_000).toISOString(),
  });
  expect(await (await client.exchange(secret)).json()).toMatchObject({ expires_in: 90 });
  const rotated = await makeKey(verifier.ctx, verifier.projectId);
  const input = { projectId: verifier.projectId, keyId: rotated.key.id, overlapSeconds: 60 };
  await rotateKey({ ctx: verifier.ctx, input });
  expect(await (await client.exchange(rotated.secret)).json()).toMatchObject({ expires_in: 60 });
});

test("a token carries the scopes of its key, or fewer", async () => {
  await makeApi(verifier.db, "maps", { scopes: ["maps:read", "maps:write"] });
  await enableFor(verifier.db, verifier.projectId, "maps");
  const apis = [{ api: "maps", scopes: ["maps:read"] }];
  const reader = await makeKey(verifier.ctx, verifier.projectId, { restrictions: { apis } });
  const all = await makeKey(verifier.ctx, verifier.projectId);
  const scopeOf = async (secret: string, scope?: string) =>
    (await (await client.exchange(secret, { audience: "maps", scope })).json()).scope;
  expect(await scopeOf(all.secret)).toBe("maps:read maps:write");
  expect(await scopeOf(all.secret, "maps:write")).toBe("maps:write");
  expect(await scopeOf(reader.secret)).toBe("maps:read");
  for (const [secret, scope] of [
    [reader.secret, "maps:write"],
    [all.secret, "maps:delete"],
  ] as const) {
    const response = await client.exchange(secret, { audience: "maps", scope });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: "invalid_scope",
      error_description: expect.stringMatching(/^SCOPE_NOT_GRANTED: /),
    });
  }
});

test("signing keys are replaced every 90 days, and published a day before and after they sign", async () => {
  const { secret } = await makeKey(verifier.ctx, verifier.projectId);
  const first = await client.tokenFor(secret);
  const period = 90 * DAY_MS;
  const end = (Math.floor(START / period) + 1) * period;
  verifier.clock.advance(end - START - HOUR_MS);
  const before = await client.publishedKeys();
  expect(before.keys).toHaveLength(2);
  expect(JSON.stringify(before)).not.toContain('"d"');
  verifier.clock.advance(2 * HOUR_MS);
  const second = await client.tokenFor(secret);
  const kid = (token: string) => decodeProtectedHeader(token).kid;
  expect(kid(second)).not.toBe(kid(first));
  expect(before.keys.map((one: { kid: string }) => one.kid).sort()).toEqual([kid(first), kid(second)].sort());
  verifier.clock.advance(2 * DAY_MS);
  const after = await client.publishedKeys();
  expect(after.keys).toHaveLength(1);
});

test("wrong keys from one network are slowed down", async () => {
  const { secret } = await makeKey(verifier.ctx, verifier.projectId);
  for (let i = 0; i < 60; i++) expect((await client.exchange("lk_live_nonsense")).status).toBe(400);
  const slowed = await client.exchange(secret);
  expect(slowed.status).toBe(429);
  expect(slowed.headers.get("retry-after")).toBe("60");
});

test("a network may send 60 wrong keys in a minute, and keys that have ended don't count", async () => {
  const [one, ended] = [
    await makeKey(verifier.ctx, verifier.projectId),
    await makeKey(verifier.ctx, verifier.projectId),
  ];
  const input = { projectId: verifier.projectId, keyId: ended.key.id, enabled: false };
  await updateKey({ ctx: verifier.ctx, input });
  const send = async (secret: string) => {
    for (let sent = 0; sent < 60; sent++) expect((await client.exchange(secret)).status).toBe(400);
  };
  await send(ended.secret);
  await client.tokenFor(one.secret);
  await send("lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17");
  expect((await client.exchange(one.secret)).status).toBe(429);
});

test("the metadata names every endpoint, and other methods and bodies are rejected", async () => {
  const metadata = await (await fetch(`${verifier.url}/.well-known/oauth-authorization-server`)).json();
  expect(metadata).toMatchObject({
    issuer: TOKEN_SETTINGS.url,
    token_endpoint: `${TOKEN_SETTINGS.url}/oauth/token`,
    jwks_uri: `${TOKEN_SETTINGS.url}/.well-known/jwks.json`,
  });
  const got = await fetch(`${verifier.url}/oauth/token`);
  expect(got.status).toBe(405);
  expect(got.headers.get("allow")).toBe("POST");
  expect((await client.post("/oauth/token", "{}", { "Content-Type": "application/json" })).status).toBe(415);
  expect((await client.post("/oauth/token", "a=".padEnd(20_000, "x"))).status).toBe(413);
  expect(
    (
      await fetch(`${verifier.url}/api/v1/revocations?wait=31`, {
        headers: { Authorization: `Bearer ${verifier.token}` },
      })
    ).status,
  ).toBe(400);
});
