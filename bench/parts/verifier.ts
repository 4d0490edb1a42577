import { addKeys, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { load, loadServer, summary } from "../lib/load.ts";
import { type Server, startServer } from "../lib/server.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 100_000;
const CONNECTIONS = 32;
const ROUNDS = 5;
const SECONDS = 5;

/** The verifier against a bare server, in turns, each on the core that the load generator leaves it. */
export async function measureVerifier(ports: { verifier: number; peer: number }): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  let servers: Server[] = [];
  try {
    const [project] = deployment.demo.projects;
    const secrets = await addKeys(deployment.db, project?.id ?? "", KEYS);
    const bodies = secrets.map((key) => JSON.stringify({ key, api: "badges", operation: "badges.list" }));
    const verifier = await startVerifier(deployment, ports.verifier);
    servers = [verifier];
    const headers = {
      Authorization: `Bearer ${deployment.demo.serviceToken}`,
      "Content-Type": "application/json",
    };
    const bytes = await answerBytes(verifier, headers, bodies[0] ?? "");
    const bare = await startServer({
      args: ["bench/peers/bare.ts"],
      env: { PORT: String(ports.peer), ANSWER_BYTES: String(bytes) },
      url: `http://127.0.0.1:${ports.peer}`,
      readyPath: "/",
    });
    servers = [verifier, bare];
    const options = { headers, bodies, connections: CONNECTIONS };
    // Every key is asked about once, so that what follows measures checks and not the filling of a cache.
    await load({ ...options, url: verifier.url + VERIFY, amount: KEYS });
    await load({ ...options, url: bare.url, amount: KEYS });

    const ratios: number[] = [];
    const seen: { of: string; perSecond: number; cpuMicros: number | null; p99Ms: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await loadServer(verifier, { ...options, url: verifier.url + VERIFY, seconds: SECONDS });
      const theirs = await loadServer(bare, { ...options, url: bare.url, seconds: SECONDS });
      ratios.push(ours.perSecond / theirs.perSecond);
      seen.push({ of: "verifier", ...ours }, { of: "bare server", ...theirs });
    }
    return [
      {
        name: `Verifier: checks a second against a bare node:http server (${shown(KEYS)} keys, journal on, ${CONNECTIONS} connections)`,
        measured: median(ratios),
        limit: 0.8,
        is: "at least",
        unit: "of the bare server",
        details: [
          `ratio of each of ${ROUNDS} rounds: ${ratios.map(shown).join(", ")}`,
          ...["verifier", "bare server"].map((name) =>
            summary(
              name,
              seen.filter(({ of }) => of === name),
            ),
          ),
        ],
      },
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await deployment.remove();
  }
}

async function answerBytes(server: Server, headers: Record<string, string>, body: string): Promise<number> {
  const response = await fetch(server.url + VERIFY, { method: "POST", headers, body });
  const text = await response.text();
  if (JSON.parse(text).code !== "VALID") throw new Error(`the verifier answered ${response.status}: ${text}`);
  return Buffer.byteLength(text);
}
