import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, expect, test } from "vitest";
import { SecurityLog } from "#domain/access/security/log.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { parseSettings } from "#platform/settings.ts";
import { openTestDb } from "#test/db.ts";
import { makeProvider, TEST_SETTINGS } from "#test/people.ts";
import type { Services } from "../context.ts";
import { serveBackchannelLogout } from "./backchannel-logout.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

test("a token is not called invalid while the provider's keys can't be read, and works afterwards", async () => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), alg: "ES256" };
  let isDown = true;
  let issuer = "";
  server = createServer((req, res) => {
    if (req.url !== "/keys") res.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }));
    else if (isDown) res.writeHead(502).end();
    else res.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const db = await openTestDb();
  const settings = { ...parseSettings({}), ...TEST_SETTINGS, oidc: [makeProvider({ issuer })] };
  const services: Services = {
    db,
    settings,
    sendMail: null,
    sealer: sealerWith("only-for-tests-only-for-tests-0123456789"),
    securityLog: new SecurityLog({ db, now: Date.now, line: () => {}, onError: () => {} }),
  };
  const sign = (by: CryptoKey) =>
    new SignJWT({ jti: "1", sub: "ada", events: { [EVENT]: {} } })
      .setProtectedHeader({ alg: "ES256", typ: "logout+jwt" })
      .setIssuer(issuer)
      .setAudience("latchkey")
      .setIssuedAt()
      .sign(by);
  const send = async (token: string) => {
    const request = new Request("http://localhost/api/auth/backchannel-logout/oidc", {
      method: "POST",
      body: new URLSearchParams({ logout_token: token }),
    });
    return serveBackchannelLogout(request, "oidc", async () => services);
  };
  const token = await sign(pair.privateKey);
  const failed = await send(token);
  expect([failed.status, failed.headers.get("retry-after")]).toEqual([503, "60"]);
  isDown = false;
  expect((await send(await sign((await generateKeyPair("ES256")).privateKey))).status).toBe(400);
  expect((await send(token)).status).toBe(200);
  // It was used.
  expect((await send(token)).status).toBe(400);
});
