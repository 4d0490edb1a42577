import type { Restrictions } from "#core/restrictions/types.ts";
import { addKeys, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { load, loadServerToEnd, summary } from "../lib/load.ts";
import type { Server } from "../lib/server.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 2_000;
const CONNECTIONS = 32;
const ROUNDS = 7;
const SECONDS = 2;

/** Twenty networks, twenty sites and five APIs, the last of each being the one that lets the call through. */
const RESTRICTIONS: Restrictions = {
  ips: Array.from({ length: 20 }, (_, n) => `198.51.${n}.0/24`),
  referrers: Array.from({ length: 20 }, (_, n) =>
    n % 2 ? `*.site${n}.example` : `https://site${n}.example/shop/*`,
  ),
  apps: { android: [], ios: [] },
  apis: ["offers", "live", "analytics", "search", "badges"].map((api) => ({ api, operations: [`${api}.*`] })),
};
const CALL = { api: "badges", operation: "badges.list" };
const CALLER = {
  clientIp: "198.51.19.7:51234",
  referrer: "https://www.site19.example/shop/cart?item=1",
  origin: "https://www.site19.example",
};

/** The same verifier, but for one module. */
const KEEP_NOTHING = ["--import", "./bench/peers/keep-nothing/register.ts"];

/** What restrictions cost a check, and what it costs to keep where checks come from and what is refused. */
export async function measureRestrictedChecks(ports: { verifier: number; peer: number }): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const { db, demo } = deployment;
  const projectId = demo.projects[0]?.id ?? "";
  const open = await addKeys(db, projectId, KEYS);
  const restricted = await addKeys(db, projectId, KEYS, RESTRICTIONS);
  const ours = await startVerifier(deployment, ports.verifier);
  const plain = await startVerifier(deployment, ports.peer, KEEP_NOTHING);
  try {
    const headers = { Authorization: `Bearer ${demo.serviceToken}`, "Content-Type": "application/json" };
    const bodiesOf = (keys: string[], clientIp: (n: number) => string) =>
      keys.map((key, n) => JSON.stringify({ key, ...CALL, ...CALLER, clientIp: clientIp(n) }));
    const [openKeys, restrictedKeys] = [
      bodiesOf(open, () => CALLER.clientIp),
      bodiesOf(restricted, () => CALLER.clientIp),
    ];
    const [elsewhere, refused] = [bodiesOf(open, anotherAddress), bodiesOf(restricted, anotherAddress)];
    const runs = {
      "open key": { server: ours, bodies: openKeys },
      "restricted key": { server: ours, bodies: restrictedKeys },
      "each from another address": { server: ours, bodies: elsewhere },
      "each from another address, nothing kept": { server: plain, bodies: elsewhere },
      "each refused": { server: ours, bodies: refused },
      "each refused, nothing kept": { server: plain, bodies: refused },
    };
    const options = (server: Server, bodies: string[]) => ({
      url: server.url + VERIFY,
      headers,
      bodies,
      connections: CONNECTIONS,
    });
    for (const { server, bodies } of Object.values(runs)) {
      await load({ ...options(server, bodies), amount: 4 * KEYS });
    }
    const seen = new Map<string, Awaited<ReturnType<typeof loadServerToEnd>>[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, { server, bodies }] of Object.entries(runs)) {
        const result = await loadServerToEnd(server, { ...options(server, bodies), seconds: SECONDS });
        seen.set(name, [...(seen.get(name) ?? []), result]);
      }
    }
    const roundsOf = (name: string) => seen.get(name) ?? [];
    const details = (...names: string[]) => names.map((name) => summary(name, roundsOf(name)));
    const ratio = (name: string, base: string, of: (round: Round) => number) =>
      median(roundsOf(name).map((round, at) => of(round) / of(roundsOf(base)[at] ?? round)));
    return [
      {
        name: "Restrictions: processor time of a check of a key with 20 networks, 20 sites and 5 APIs against one without",
        measured: ratio("restricted key", "open key", ({ cpuMicros }) => cpuMicros ?? 0),
        limit: 1.15,
        is: "at most",
        unit: "times",
        details: details("open key", "restricted key"),
      },
      ...["each from another address", "each refused"].map(
        (name): Goal => ({
          name: `Sightings and refusals: throughput of checks ${name}, against the same with nothing kept`,
          measured: ratio(name, `${name}, nothing kept`, ({ perSecond }) => perSecond),
          limit: 0.9,
          is: "at least",
          unit: "times",
          details: [
            ...details(name, `${name}, nothing kept`),
            `${shown(KEYS)} keys, ${CONNECTIONS} connections, ${ROUNDS} rounds`,
          ],
        }),
      ),
    ];
  } finally {
    await Promise.all([ours.stop(), plain.stop()]);
    await deployment.remove();
  }
}

type Round = Awaited<ReturnType<typeof loadServerToEnd>>;

function anotherAddress(n: number): string {
  return `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
}
