import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import * as oauth from "oauth4webapi";
import { afterAll, expect, test } from "vitest";
import { AccessTokenVerifier } from "../src/access-tokens.ts";
import { VerdictUnavailableError } from "../src/errors.ts";
import { createManagementClient } from "../src/management.ts";
import { deployment } from "./deployment.ts";

const { portalUrl, verifierUrl, serviceToken, managementToken, projectId, secrets } = deployment();
const management = createManagementClient({ url: portalUrl, token: managementToken });
const insecure = { [oauth.allowInsecureRequests]: true };
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const options = { url: verifierUrl, token: serviceToken, issuer: portalUrl, api: "badges" };
const verifier = new AccessTokenVerifier(options);
afterAll(() => verifier.close());

const metadata = async () =>
  oauth.processDiscoveryResponse(
    new URL(portalUrl),
    await oauth.discoveryRequest(new URL(portalUrl), { algorithm: "oauth2", ...insecure }),
  );

async function createKey() {
  const { data } = await management.POST("/api/v1/projects/{projectId}/keys", {
    params: { path: { projectId } },
    body: { name: "access tokens", environment: "live" },
  });
  if (data === undefined) throw new Error("no key");
  return { id: data.key.id, secret: data.secret };
}

/** A token by client credentials, as a client that knows only the standards gets it. */
async function issue({ id, secret }: { id: string; secret: string }, scope?: string) {
  const server = await metadata();
  const client: oauth.Client = { client_id: id };
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(secret),
    { resource: "badges", ...(scope !== undefined && { scope }) },
    insecure,
  );
  return oauth.processClientCredentialsResponse(server, client, response);
}

async function exchange(subject: string, at = portalUrl) {
  const response = await fetch(`${at}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: EXCHANGE,
      subject_token: subject,
      subject_token_type: "urn:latchkey:token-type:api-key",
      audience: "badges",
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

test("oauth4webapi gets a token by client credentials, validates it as RFC 9068 says, introspects and revokes it", async () => {
  const server = await metadata();
  const key = await createKey();
  const issued = await issue(key, "badges:read");
  expect(issued).toMatchObject({ token_type: "bearer", scope: "badges:read" });
  const request = new Request("https://badges.example/", {
    headers: { Authorization: `Bearer ${issued.access_token}` },
  });
  const claims = await oauth.validateJwtAccessToken(server, request, "badges", insecure);
  expect(claims).toMatchObject({ sub: key.id, client_id: key.id, scope: "badges:read" });
  const introspect = async () => {
    // The service's token is not a client secret: it is sent as the bearer of the request.
    const bearer: oauth.ClientAuth = (_, __, ___, headers) =>
      headers.set("authorization", `Bearer ${serviceToken}`);
    const client = { client_id: "badges" };
    const response = await oauth.introspectionRequest(server, client, bearer, issued.access_token, insecure);
    return oauth.processIntrospectionResponse(server, client, response);
  };
  expect(await introspect()).toMatchObject({ active: true, sub: key.id, aud: "badges" });
  const revoked = await oauth.revocationRequest(
    server,
    { client_id: key.id },
    oauth.ClientSecretPost(key.secret),
    issued.access_token,
    insecure,
  );
  await oauth.processRevocationResponse(revoked);
  expect(await introspect()).toEqual({ active: false });
  await expect.poll(() => verifier.verify(issued.access_token)).toMatchObject({ code: "TOKEN_REVOKED" });
});

test("oauth4webapi exchanges a key, at the portal and at a verifier, and reads why one is denied", async () => {
  const server = await metadata();
  const ask = (secret: string, client: oauth.Client, auth: oauth.ClientAuth) =>
    oauth.genericTokenEndpointRequest(
      server,
      client,
      auth,
      EXCHANGE,
      { subject_token: secret, subject_token_type: "urn:latchkey:token-type:api-key", audience: "badges" },
      insecure,
    );
  const client = { client_id: "any" };
  // The key is the credential: RFC 8693 requires no other.
  const nothing: oauth.ClientAuth = () => {};
  const exchanged = await ask(secrets.valid, client, nothing);
  const { access_token, issued_token_type } = await oauth.processGenericTokenEndpointResponse(
    server,
    client,
    exchanged,
  );
  expect(issued_token_type).toBe("urn:ietf:params:oauth:token-type:access_token");
  expect(await verifier.verify(access_token)).toMatchObject({ valid: true });
  const denied = await ask(secrets.revoked, client, nothing);
  await expect(oauth.processGenericTokenEndpointResponse(server, client, denied)).rejects.toMatchObject({
    error: "invalid_request",
    error_description: expect.stringMatching(/^KEY_REVOKED: /),
  });
  const byVerifier = await exchange(secrets.valid, verifierUrl);
  expect(await verifier.verify(byVerifier.body.access_token ?? "")).toMatchObject({ valid: true });
});

test("a service that follows revocations denies the token of a revoked key within a second", async () => {
  const key = await createKey();
  const { access_token } = await issue(key);
  expect(await verifier.verify(access_token)).toMatchObject({
    valid: true,
    scopes: ["badges:read", "badges:write"],
    claims: { sub: key.id, latchkey: { project: projectId, environment: "live" } },
  });
  const path = { projectId, keyId: key.id };
  await management.DELETE("/api/v1/projects/{projectId}/keys/{keyId}", { params: { path } });
  const revokedAt = performance.now();
  await expect
    .poll(() => verifier.verify(access_token), { interval: 20 })
    .toMatchObject({ valid: false, code: "TOKEN_REVOKED" });
  expect(performance.now() - revokedAt).toBeLessThan(1_000);
});

test("a rotation denies the tokens of the old secret and accepts those of the new one at once", async () => {
  const key = await createKey();
  const old = await issue(key);
  const path = { projectId, keyId: key.id };
  const { data } = await management.POST("/api/v1/projects/{projectId}/keys/{keyId}/rotate", {
    params: { path },
    body: { overlapSeconds: 0 },
  });
  const current = await issue({ id: key.id, secret: data?.secret ?? "" });
  await expect.poll(() => verifier.verify(old.access_token)).toMatchObject({ code: "TOKEN_REVOKED" });
  expect(await verifier.verify(current.access_token)).toMatchObject({ valid: true });
});

test("a token without a required scope, for another API, of another issuer and an expired one are rejected", async () => {
  const { access_token } = await issue(await createKey(), "badges:read");
  expect(await verifier.verify(access_token, { scopes: ["badges:read"] })).toMatchObject({ valid: true });
  expect(await verifier.verify(access_token, { scopes: ["badges:write"] })).toMatchObject({
    code: "SCOPE_NOT_GRANTED",
  });
  const codeFor = async (more: object) => {
    const other = new AccessTokenVerifier({ ...options, ...more });
    const outcome = await other.verify(access_token).finally(() => other.close());
    return outcome.valid ? "VALID" : outcome.code;
  };
  expect(await codeFor({ api: "streams" })).toBe("TOKEN_INVALID");
  expect(await codeFor({ issuer: "https://elsewhere.example" })).toBe("TOKEN_INVALID");
  expect(await codeFor({ now: () => Date.now() + 301_000 })).toBe("TOKEN_EXPIRED");
  // A clock that is behind decides nothing: what verifiers have forgotten stays expired.
  expect(await codeFor({ now: () => 0 })).toBe("VALID");
});

test("hostile texts are no tokens", async () => {
  const { access_token } = await issue(await createKey());
  const [header = "", payload = "", signature = ""] = access_token.split(".");
  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const own = (head: object) =>
    new SignJWT(read(payload)).setProtectedHeader({ ...read(header), ...head }).sign(privateKey);
  const hmac = (secret: Uint8Array) =>
    new SignJWT(read(payload)).setProtectedHeader({ ...read(header), alg: "HS256" }).sign(secret);
  const { keys } = await (await fetch(`${portalUrl}/.well-known/jwks.json`)).json();
  const texts = [
    "",
    "a.b.c",
    "..",
    secrets.valid,
    `${access_token}.`,
    `${access_token}=`,
    ` ${access_token}`,
    `${header}.${payload}.`,
    `${header}.${part({ ...read(payload), scope: "badges:admin" })}.${signature}`,
    `${part({ ...read(header), alg: "none" })}.${payload}.${signature}`,
    `${part({ ...read(header), alg: "EdDSA" })}.${payload}.${signature}`,
    `${part({ ...read(header), typ: "JWT" })}.${payload}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
    new UnsecuredJWT(read(payload)).encode(),
    await own({}),
    await own({ jwk: await exportJWK(publicKey) }),
    await own({ kid: "unknown" }),
    await own({ kid: "__proto__" }),
    await own({ crit: ["b64"], b64: true }),
    await hmac(Buffer.from(JSON.stringify(keys[0]))),
    await hmac(Buffer.from(keys[0].x, "base64url")),
    `${header}.${payload}.${"A".repeat(20_000)}`,
  ];
  for (const text of texts)
    expect(await verifier.verify(text), text).toMatchObject({ code: "TOKEN_INVALID" });
  expect(await verifier.verify(access_token)).toMatchObject({ valid: true });
});

test("without an answer about revocations, and with a wrong service token, no token is accepted", async () => {
  const { access_token } = await issue(await createKey());
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const rejected = new AccessTokenVerifier({ ...options, token: "lk_svc_wrong", onError });
  await expect(rejected.verify(access_token)).rejects.toThrow(VerdictUnavailableError);
  await rejected.close();
  expect(errors[0]).toMatchObject({ status: 401 });
  // The first verifier is away: the second one is asked.
  const other = new AccessTokenVerifier({ ...options, url: ["http://127.0.0.1:9", verifierUrl], onError });
  await expect.poll(() => other.verify(access_token).catch(String)).toMatchObject({ valid: true });
  await other.close();
  await expect(other.verify(access_token)).rejects.toThrow(VerdictUnavailableError);
});

test.each([
  { url: [] },
  { url: "verifier" },
  { token: "" },
  { issuer: "" },
  { api: "" },
  { maxDelayMs: 100 },
])("the options %j are rejected", (more) => {
  expect(() => new AccessTokenVerifier({ ...options, ...more })).toThrow(TypeError);
});
