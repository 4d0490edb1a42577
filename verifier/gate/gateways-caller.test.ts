import { afterAll, beforeAll, expect, test } from "vitest";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { ownAddresses, RUN_GATEWAYS, startGateway } from "#test/gateway-process.ts";
import { startService, type TestService } from "#test/gateway-service.ts";
import { makeKey, makeServiceToken } from "#test/people.ts";

/** The changes that docs/integrate/gateways/README.md names for a load balancer in front of the gateway. */
const BEHIND_PROXY: Record<string, (config: string) => string> = {
  caddy: (config) => config.replace("uri /api/v1/gate", "trusted_proxies 127.0.0.1/32\n$&"),
  traefik: (config) =>
    config.replace(/address: 127.*\n/, "$&    forwardedHeaders: { trustedIPs: [127.0.0.1/32] }\n"),
};

let fixture: GatewayFixture;
let service: TestService;
beforeAll(async () => {
  [fixture, service] = await Promise.all([createGatewayFixture(), startService()]);
});
afterAll(async () => {
  await service.end();
  await fixture.stop();
});

test.each(RUN_GATEWAYS)(
  "behind %s and a load balancer, its client is the caller, and can forge neither address nor method",
  async (name) => {
    const { db, ctx, projectId, verifierPort } = fixture;
    const trustedProxies = ["127.0.0.0/8", ...ownAddresses()];
    const { token } = await makeServiceToken(db, null, { trustedProxies });
    const { secret } = await makeKey(ctx, projectId, { restrictions: { ips: ["198.51.100.7"] } });
    const change = BEHIND_PROXY[name];
    const behind = await startGateway(name, {
      verifierPort,
      servicePort: service.port,
      token,
      ...(change && { change }),
    });
    const statusOf = async (headers: Record<string, string>) =>
      (await fetch(`http://127.0.0.1:${behind.port}/badges`, { headers })).status;
    const from = (address: string) => statusOf({ "X-Api-Key": secret, "X-Forwarded-For": address });
    try {
      expect(await from("198.51.100.7")).toBe(200);
      expect(await from("198.51.100.7, 203.0.113.9")).toBe(403);
      const preflight = { Origin: "https://example.com", "Access-Control-Request-Method": "GET" };
      const forged = { "X-Forwarded-Method": "OPTIONS", "X-Original-Method": "OPTIONS" };
      expect(await statusOf({ ...preflight, ...forged })).toBe(401);
    } finally {
      await behind.end();
    }
  },
);
