import { exportJWK, generateKeyPair, type JWTPayload, type JWTVerifyGetKey, SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { verifyLogoutToken } from "./logout-token.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const PROVIDER = { issuer: "https://id.example", clientId: "latchkey" };
const EVENT = "http://schemas.openid.net/event/backchannel-logout";
const seconds = NOW / 1_000;
const CLAIMS = {
  iss: PROVIDER.issuer,
  aud: "latchkey",
  iat: seconds,
  exp: seconds + 120,
  jti: "1",
  sub: "ada",
  sid: "s1",
  events: { [EVENT]: {} },
};

let key: CryptoKey;
let other: CryptoKey;
let keys: JWTVerifyGetKey;
beforeAll(async () => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  key = pair.privateKey;
  other = (await generateKeyPair("ES256")).privateKey;
  keys = async () => ({ ...(await exportJWK(pair.publicKey)), alg: "ES256" });
});
const sign = (claims: JWTPayload, header: { typ?: string } = { typ: "logout+jwt" }, by = key) =>
  new SignJWT(claims).setProtectedHeader({ alg: "ES256", ...header }).sign(by);
const verify = (token: string) => verifyLogoutToken(token, PROVIDER, keys, NOW);

test("a complete logout token is accepted, with sub, sid or both, for one audience or several", async () => {
  const expected = { issuer: PROVIDER.issuer, jti: "1", expiresAt: NOW + 360_000 };
  expect(await verify(await sign(CLAIMS))).toEqual({ ...expected, sub: "ada", sid: "s1" });
  expect(await verify(await sign({ ...CLAIMS, sid: undefined }))).toMatchObject({ sub: "ada", sid: null });
  expect(await verify(await sign({ ...CLAIMS, sub: undefined }))).toMatchObject({ sub: null, sid: "s1" });
  for (const header of [{}, { typ: "JWT" }, { typ: "application/logout+jwt" }]) {
    await verify(await sign({ ...CLAIMS, aud: ["other", "latchkey"], iss: `${PROVIDER.issuer}/` }, header));
  }
});

test.each<[string, JWTPayload]>([
  ["another issuer", { iss: "https://evil.example" }],
  ["no issuer", { iss: undefined }],
  ["another audience", { aud: "other" }],
  ["no audience", { aud: undefined }],
  ["no time", { iat: undefined }],
  ["an age of six minutes", { iat: seconds - 361 }],
  ["a time in the future", { iat: seconds + 61 }],
  ["an end in the past", { exp: seconds - 61 }],
  ["no id", { jti: undefined }],
  ["an empty id", { jti: "" }],
  ["no event", { events: undefined }],
  ["another event", { events: { "http://schemas.openid.net/event/other": {} } }],
  ["an event that is no object", { events: { [EVENT]: true } }],
  ["a nonce, as an ID token", { nonce: "n" }],
  ["neither sub nor sid", { sub: undefined, sid: undefined }],
  ["an unusable sub", { sub: "a\nb" }],
  ["an unusable sid", { sid: { s: 1 } }],
])("a logout token with %s is rejected", async (_, claims) => {
  const token = await sign({ ...CLAIMS, ...claims });
  await expect(verify(token)).rejects.toMatchObject({ name: "InvalidLogoutToken" });
});

test("a token with another key, no signature, a shared secret, another type or too much text is rejected", async () => {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const shared = new SignJWT(CLAIMS).setProtectedHeader({ alg: "HS256", typ: "logout+jwt" });
  const tokens = [
    await sign(CLAIMS, { typ: "logout+jwt" }, other),
    `${encode({ alg: "none" })}.${encode(CLAIMS)}.`,
    await shared.sign(new TextEncoder().encode("the client secret of the deployment")),
    await sign(CLAIMS, { typ: "at+jwt" }),
    await sign({ ...CLAIMS, more: "x".repeat(20_000) }),
    "nonsense",
  ];
  for (const token of tokens) {
    await expect(verify(token)).rejects.toMatchObject({ name: "InvalidLogoutToken" });
  }
});
