import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDns } from "#test/dns.ts";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { startGateway } from "#test/gateway-process.ts";
import { startService, type TestService } from "#test/gateway-service.ts";
import { makeKey } from "#test/people.ts";
import { HAS_PRIVATE_HOSTS } from "#test/private-hosts.ts";

let fixture: GatewayFixture;
let service: TestService;
let secret: string;

beforeAll(async () => {
  fixture = await createGatewayFixture();
  service = await startService();
  ({ secret } = await makeKey(fixture.ctx, fixture.projectId));
});
afterAll(async () => {
  await service.end();
  await fixture.stop();
});

/** The documented configuration with a host name instead of the verifier's address, and our own DNS server. */
const NAMED: Record<string, (config: string, verifier: number, dns: number) => string> = {
  nginx: (config, verifier, dns) =>
    config
      .replace(`latchkey_verifier 127.0.0.1:${verifier}`, `latchkey_verifier verifier.test:${verifier}`)
      .replace("127.0.0.53 valid=10s", `127.0.0.1:${dns} valid=1s`),
  caddy: (config, verifier, dns) =>
    config.replace(
      `forward_auth 127.0.0.1:${verifier} {`,
      `forward_auth verifier.test:${verifier} {\ntransport http {\nresolvers udp/127.0.0.1:${dns}\n}`,
    ),
  haproxy: (config, verifier, dns) =>
    config
      .replace(`http://127.0.0.1:${verifier}`, `http://verifier.test:${verifier}`)
      .replace("parse-resolv-conf", `nameserver test 127.0.0.1:${dns}`)
      .replace("hold valid 10s", "hold valid 1s"),
  envoy: (config, verifier, dns) =>
    config
      .replace(`127.0.0.1, port_value: ${verifier}`, `verifier.test, port_value: ${verifier}`)
      .replace("respect_dns_ttl: true", `respect_dns_ttl: true\n      ${envoyResolver(dns)}`),
};

function envoyResolver(port: number): string {
  const type = "type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig";
  const resolvers = `[{ socket_address: { address: 127.0.0.1, port_value: ${port} } }]`;
  const config = `{ "@type": ${type}, resolvers: ${resolvers} }`;
  return `typed_dns_resolver_config: { name: envoy.network.dns_resolver.cares, typed_config: ${config} }`;
}

test.each(Object.keys(NAMED))("%s finds a verifier that has moved to another address", async (name) => {
  const dns = await startDns("127.0.0.9");
  const [verifierPort, servicePort] = [fixture.verifierPort, service.port];
  const change = (config: string) => NAMED[name]?.(config, verifierPort, dns.port) ?? config;
  const gateway = await startGateway(name, { verifierPort, servicePort, token: fixture.token, change });
  try {
    expect(await statusAt(gateway.port)).toBeGreaterThanOrEqual(500);
    dns.pointTo("127.0.0.1");
    await expect.poll(() => statusAt(gateway.port), { timeout: 20_000, interval: 200 }).toBe(200);
  } finally {
    await gateway.end();
    dns.close();
  }
});

// Traefik asks the machine's DNS servers only, but it reads a hosts file.
test.skipIf(!HAS_PRIVATE_HOSTS)("traefik finds a verifier that has moved to another address", async () => {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-hosts-"));
  const hosts = join(folder, "hosts");
  await writeFile(hosts, "127.0.0.9 verifier.test\n");
  const [verifierPort, servicePort] = [fixture.verifierPort, service.port];
  const change = (config: string) =>
    config.replace(`http://127.0.0.1:${verifierPort}`, `http://verifier.test:${verifierPort}`);
  const gateway = await startGateway("traefik", {
    verifierPort,
    servicePort,
    token: fixture.token,
    change,
    hosts,
  });
  try {
    expect(await statusAt(gateway.port)).toBeGreaterThanOrEqual(500);
    await writeFile(hosts, "127.0.0.1 verifier.test\n");
    await expect.poll(() => statusAt(gateway.port), { timeout: 20_000, interval: 200 }).toBe(200);
  } finally {
    await gateway.end();
    await rm(folder, { recursive: true });
  }
});

async function statusAt(port: number): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}/badges`, { headers: { "X-Api-Key": secret } })).status;
}
