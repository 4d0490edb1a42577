import { CALL, CALLER, RESTRICTIONS } from "../lib/calls.ts";
import { addKeys, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { loadServerToEnd, type ServerResult, summary, warm } from "../lib/load.ts";
import { posts } from "../lib/requests.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 2_000;
const CONNECTIONS = 32;
const ROUNDS = 7;
const SECONDS = 2;

/** The same verifier with one module replaced. */
const COUNTS_ONLY = ["--import", "./bench/peers/counts-only/register.ts"];

/** The cost of restrictions, and of storing observations and denials. */
export async function measureRestrictedChecks(ports: { verifier: number; peer: number }): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const { db, demo } = deployment;
  const projectId = demo.projects[0]?.id ?? "";
  const open = await addKeys(db, projectId, KEYS);
  const restricted = await addKeys(db, projectId, KEYS, { restrictions: RESTRICTIONS });
  const ours = await startVerifier(deployment, ports.verifier);
  const plain = await startVerifier(deployment, ports.peer, COUNTS_ONLY);
  try {
    const headers = { Authorization: `Bearer ${demo.serviceToken}` };
    const requestsOf = (keys: string[], clientIp: (n: number) => string) =>
      posts(
        VERIFY,
        headers,
        keys.map((key, n) => JSON.stringify({ key, ...CALL, ...CALLER, clientIp: clientIp(n) })),
      );
    const [openKeys, restrictedKeys] = [
      requestsOf(open, () => CALLER.clientIp),
      requestsOf(restricted, () => CALLER.clientIp),
    ];
    const [elsewhere, denied] = [requestsOf(open, otherIpAddress), requestsOf(restricted, otherIpAddress)];
    const runs = {
      "open key": { server: ours, requests: openKeys },
      "restricted key": { server: ours, requests: restrictedKeys },
      "each from another IP address": { server: ours, requests: elsewhere },
      "each from another IP address, nothing kept": { server: plain, requests: elsewhere },
      "each denied": { server: ours, requests: denied },
      "each denied, nothing kept": { server: plain, requests: denied },
    };
    for (const run of Object.values(runs)) await warm({ ...run, connections: CONNECTIONS });
    const seen = new Map<string, ServerResult[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, run] of Object.entries(runs)) {
        const result = await loadServerToEnd({ ...run, connections: CONNECTIONS, seconds: SECONDS });
        seen.set(name, [...(seen.get(name) ?? []), result]);
      }
    }
    const roundsOf = (name: string) => seen.get(name) ?? [];
    const details = (...names: string[]) => names.map((name) => summary(name, roundsOf(name)));
    const ratio = (name: string, base: string, of: (round: ServerResult) => number) =>
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
      ...["each from another IP address", "each denied"].map(
        (name): Goal => ({
          name: `Observations and denials: throughput of checks ${name}, against the same with nothing kept`,
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

function otherIpAddress(n: number): string {
  return `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
}
