import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { startGateway } from "#test/gateway-process.ts";
import { startService, type TestService } from "#test/gateway-service.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "#test/interruptible-proxy.ts";
import { makeKey } from "#test/people.ts";
import { freePort } from "#test/ports.ts";
import { HAS_PRIVATE_HOSTS } from "#test/private-hosts.ts";

const [, SECTION = ""] = readFileSync("docs/integrate/gateways/README.md", "utf8").split(
  "## Several verifiers\n",
);
/** The code of the page in this language, in order. */
const codeOf = (language: string) =>
  [...SECTION.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, code = ""]) => code);

/** The documented changes for two verifiers. `port` is a free one. */
const CHANGES: Record<string, (config: string, port: number) => string> = {
  nginx: (config) => {
    const [upstream = "", proxy = ""] = codeOf("nginx");
    return (upstream + config).replace(/ *set \$latchkey_verifier .*\n *proxy_pass .*\n/, () => proxy);
  },
  caddy: (config) => config.replace(/.*forward_auth .*\n/, () => codeOf("caddyfile")[0] ?? ""),
  // Not its script.
  haproxy: (config, port) =>
    (config.includes("frontend api") ? config + (codeOf("haproxy")[0] ?? "") : config)
      .replace(/str\(http:\/\/[^/]*/, "str(http://127.0.0.1:3002")
      .replaceAll("127.0.0.1:3002", `127.0.0.1:${port}`),
  envoy: (config) =>
    config.replace(
      /( *)load_assignment:\n *cluster_name: latchkey\n(.*\n)*?(?= *- name)/,
      (_, indent: string) => (codeOf("yaml")[0] ?? "").replace(/^(?=.)/gm, indent),
    ),
};

let fixture: GatewayFixture;
let service: TestService;
let secret: string;
/** Two addresses of the verifier that a test can disconnect. */
let verifiers: InterruptibleProxy[];

beforeAll(async () => {
  [fixture, service] = await Promise.all([createGatewayFixture(), startService()]);
  ({ secret } = await makeKey(fixture.ctx, fixture.projectId));
  const start = () => startInterruptibleProxy(`http://127.0.0.1:${fixture.verifierPort}`);
  verifiers = await Promise.all([start(), start()]);
});
afterAll(async () => {
  for (const verifier of verifiers) await verifier.disconnect();
  await service.end();
  await fixture.stop();
});

test.each(Object.keys(CHANGES))("%s asks the other verifier while one is down", async (name) => {
  const { verifierPort, token } = fixture;
  const free = await freePort();
  const change = (config: string) => {
    const changed = CHANGES[name]?.(config, free) ?? config;
    return verifiers.reduce((text, { url }, index) => {
      const { port } = new URL(url);
      const address = `10.0.0.${index + 1}`;
      return text
        .replaceAll(`${address}:3001`, `127.0.0.1:${port}`)
        .replaceAll(`${address}, port_value: 3001`, `127.0.0.1, port_value: ${port}`);
    }, changed);
  };
  const gateway = await startGateway(name, { verifierPort, servicePort: service.port, token, change });
  const failures = () => failuresAt(gateway.port);
  try {
    expect(await failures()).toEqual([]);
    await verifiers[0]?.disconnect();
    // Envoy has to check it first.
    if (name === "envoy") await expect.poll(failures).toEqual([]);
    else expect(await failures()).toEqual([]);
    await verifiers[0]?.reconnect();
    expect(await failures()).toEqual([]);
  } finally {
    await gateway.end();
  }
});

test.skipIf(!HAS_PRIVATE_HOSTS)("traefik asks the other verifier of a name while one is down", async () => {
  const { verifierPort, token } = fixture;
  const [port, folder] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), "latchkey-hosts-"))]);
  const addresses = ["127.0.0.1", "127.0.0.2"];
  const named = await Promise.all(
    addresses.map((host) => startInterruptibleProxy(`http://127.0.0.1:${verifierPort}`, { host, port })),
  );
  const hosts = join(folder, "hosts");
  await writeFile(hosts, addresses.map((address) => `${address} verifiers.test\n`).join(""));
  const change = (config: string) =>
    config.replace(`http://127.0.0.1:${verifierPort}`, `http://verifiers.test:${port}`);
  const gateway = await startGateway("traefik", {
    verifierPort,
    servicePort: service.port,
    token,
    change,
    hosts,
  });
  try {
    expect(await failuresAt(gateway.port)).toEqual([]);
    for (const verifier of named) {
      await verifier.disconnect();
      expect(await failuresAt(gateway.port)).toEqual([]);
      await verifier.reconnect();
      expect(await failuresAt(gateway.port)).toEqual([]);
    }
    for (const verifier of named) await verifier.disconnect();
    expect(await failuresAt(gateway.port)).toEqual(Array(10).fill(500));
  } finally {
    await gateway.end();
    for (const verifier of named) await verifier.disconnect();
    await rm(folder, { recursive: true });
  }
});

/** The statuses of ten requests with a valid key that are not 200. */
async function failuresAt(port: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    const headers = { "X-Api-Key": secret };
    statuses.push((await fetch(`http://127.0.0.1:${port}/badges`, { headers })).status);
  }
  return statuses.filter((status) => status !== 200);
}
