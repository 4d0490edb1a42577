import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { hashSync } from "@node-rs/bcrypt";
import { createContext } from "#domain/context.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { parseSettings } from "#platform/settings.ts";
import { CALL } from "../lib/calls.ts";
import { addKeys, type Deployment, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { type LoadResult, load, warm } from "../lib/load.ts";
import { type HttpRequest, posts } from "../lib/requests.ts";
import type { Server } from "../lib/server.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 20_000;
const IMPORTED = 1_000;
const COST = 10;
const JUNK = { perSecond: 10_000, connections: 100 };
/** The load of other keys, as much as the verifier can answer beside any junk. */
const KNOWN = { perSecond: 5_000, connections: 32 };
const ROUNDS = 3;
const SECONDS = 4;

/**
 * What junk costs that has the declared shape of keys imported by bcrypt: it is sent beside requests with other keys, in
 * turn with as much junk that is malformed. The first characters of all junk are those of imported keys, so that it uses
 * up the slow comparisons.
 */
export async function measureImportedJunk(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  let server: Server | undefined;
  try {
    const known = checksOf(
      deployment,
      await addKeys(deployment.db, deployment.demo.projects[0]?.id ?? "", KEYS),
    );
    const starts = await importBcryptKeys(deployment);
    server = await startVerifier(deployment, port);
    await warm({ server, requests: known, connections: KNOWN.connections });
    const seen: Record<"alone" | "malformed" | "shaped", LoadResult[]> = {
      alone: [],
      malformed: [],
      shaped: [],
    };
    for (let round = 0; round < ROUNDS; round++) {
      seen.alone.push(await measure(server, known, null));
      seen.malformed.push(await measure(server, known, checksOf(deployment, junk(starts, "no_"))));
      seen.shaped.push(await measure(server, known, checksOf(deployment, junk(starts, ""))));
    }
    const ratios = seen.shaped.map(
      ({ perSecond }, at) => perSecond / (seen.alone[at]?.perSecond ?? perSecond),
    );
    const line = (name: string, results: LoadResult[]) =>
      `${name}: ${results.map(({ perSecond, p99Ms }) => `${shown(perSecond)}/s, 99% within ${shown(p99Ms)} ms`).join("; ")}`;
    return [
      {
        name: `Requests with other keys under ${shown(JUNK.perSecond)} junk tokens a second of a declared bcrypt shape, against none`,
        measured: median(ratios),
        limit: 0.9,
        is: "at least",
        unit: "times",
        details: [
          `${shown(KNOWN.perSecond)} requests a second offered`,
          line("without junk", seen.alone),
          line("with malformed junk", seen.malformed),
          line("with junk of the shape", seen.shaped),
        ],
      },
    ];
  } finally {
    await server?.stop();
    await deployment.remove();
  }
}

async function measure(
  server: Server,
  known: readonly HttpRequest[],
  junkRequests: readonly HttpRequest[] | null,
): Promise<LoadResult> {
  const storm =
    junkRequests &&
    load({
      server,
      requests: junkRequests,
      ...JUNK,
      seconds: SECONDS + 2,
      mayFail: true,
      niceness: 10,
    });
  await sleep(1_000);
  const result = await load({ server, requests: known, ...KNOWN, seconds: SECONDS });
  await storm;
  return result;
}

function checksOf({ demo }: Deployment, keys: readonly string[]): HttpRequest[] {
  return posts(
    VERIFY,
    { Authorization: `Bearer ${demo.serviceToken}` },
    keys.map((key) => JSON.stringify({ key, ...CALL })),
  );
}

/** Imports keys by bcrypt and returns the first 16 characters of their tokens. */
async function importBcryptKeys({ db, demo, env }: Deployment): Promise<string[]> {
  const [user] = await db.read.q.select().from(db.read.t.users).limit(1);
  if (user === undefined) throw new Error("the demo has no users");
  const actor = {
    kind: "user",
    userId: user.id,
    name: user.name,
    siteRole: "admin",
    via: "cli",
    ipAddress: null,
  } as const;
  const ctx = createContext({ db, settings: parseSettings(env, { needsAuthSecret: false }) }, actor);
  const tokens = Array.from({ length: IMPORTED }, () => `old_${randomBytes(16).toString("hex")}`);
  // One hash for all is enough for junk, and a thousand would take a minute; the salt makes them different rows.
  const value = hashSync("none of them", COST);
  const keys = tokens.map((token, at) => {
    const end = String(at).padStart(4, "0");
    const lookup = token.slice(0, 16);
    return {
      name: `old ${at}`,
      environment: "live",
      hash: { algorithm: "bcrypt", value: `${value.slice(0, 40)}${end}${value.slice(44)}`, lookup },
    };
  });
  const input = importKeysSchema.parse({
    projectId: demo.projects[1]?.id ?? "",
    shape: { prefix: "old_", minLength: 36, maxLength: 36 },
    keys,
  });
  const { created, results } = await importKeys({ ctx, input });
  if (created !== IMPORTED)
    throw new Error(`not imported: ${JSON.stringify(results.find(({ status }) => status !== "created"))}`);
  return tokens.map((token) => token.slice(0, 16));
}

/** Tokens that exist nowhere: half with the first characters of an imported key, half with others. */
function junk(starts: readonly string[], before: string): string[] {
  return Array.from({ length: JUNK.perSecond * (SECONDS + 2) }, (_, at) => {
    const random = randomBytes(16).toString("hex");
    const start = at % 2 === 0 ? (starts[at % starts.length] ?? "") : `old_${random.slice(0, 12)}`;
    return `${before}${start}${random.slice(0, 20)}`;
  });
}
