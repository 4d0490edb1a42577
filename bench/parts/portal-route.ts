import { CALL } from "../lib/calls.ts";
import { freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { loadServer, summary, warm } from "../lib/load.ts";
import { startEmptyApp, startPortal } from "../lib/portal.ts";
import { posts } from "../lib/requests.ts";
import type { Server } from "../lib/server.ts";
import { VERIFY } from "../lib/verifier.ts";

const CONNECTIONS = 8;
const ROUNDS = 5;
const SECONDS = 5;

/** Throughput of checks at the portal, against an empty Next.js route handler. */
export async function measurePortalRoute(ports: { portal: number; peer: number }): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const servers: Server[] = [];
  try {
    const portal = await startPortal(deployment, ports.portal);
    servers.push(portal);
    const empty = await startEmptyApp(ports.peer);
    servers.push(empty);
    const { serviceToken, secret } = deployment.demo;
    const requests = (path: string) =>
      posts(path, { Authorization: `Bearer ${serviceToken}` }, [JSON.stringify({ key: secret, ...CALL })]);
    const options = { connections: CONNECTIONS, seconds: SECONDS };
    const ours = { ...options, server: portal, requests: requests(VERIFY) };
    const theirs = { ...options, server: empty, requests: requests("/empty") };
    // Both compile and warm up before the measurement.
    await warm(ours);
    await warm(theirs);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const our = await loadServer(ours);
      const their = await loadServer(theirs);
      rounds.push({ our, their, ratio: their.perSecond / our.perSecond });
    }
    return [
      {
        name: `Portal: time of a check at its own route against an empty Next.js route handler (${CONNECTIONS} connections)`,
        measured: median(rounds.map(({ ratio }) => ratio)),
        limit: 1.3,
        is: "at most",
        unit: "times the empty route",
        details: [
          `ratio of each of ${ROUNDS} rounds: ${rounds.map(({ ratio }) => shown(ratio)).join(", ")}`,
          summary(
            "portal",
            rounds.map(({ our }) => our),
          ),
          summary(
            "empty route",
            rounds.map(({ their }) => their),
          ),
        ],
      },
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await deployment.remove();
  }
}
