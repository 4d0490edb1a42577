import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Limits } from "#core/limits/types.ts";
import { type Db, openDb } from "#db/open.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { createManagementTokenSchema } from "#domain/access/management-tokens/schema.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { ctxOf, enableFor, makeAdmin, makeApi, makeKey, makeProject, makeServiceToken } from "../people.ts";
import { startPortal } from "../portal-process.ts";
import type { ServerProcess } from "../server-process.ts";
import { startVerifier } from "../verifier-process.ts";
import { type Counts, findExcess, findMiscounts, findViolations, type History } from "./history-checker.ts";
import { Load, type Subject, type Target } from "./load.ts";
import { type FaultKey, Mutator } from "./mutator.ts";
import { apiOperators, directOperators } from "./operators.ts";
import { SEED, seededChoice, TEST_TIMEOUT_MS } from "./settings.ts";

const KEYS = 4;
export const STALE_MAX_MS = 2_000;
/** A verifier answers again so soon after what was broken is whole; other work on the machine included. */
export const RECOVERED_WITHIN_MS = 4_000;
/** Counters of limits that begin anew are there so soon. */
export const BEGUN_WITHIN_MS = 10_000;

export type FaultDeployment = Awaited<ReturnType<typeof startFaultDeployment>>;
/** Where nothing answers. */
const GONE = "http://127.0.0.1:1";

type Running = ServerProcess & Target;

/** A deployment under load whose keys change all the time, on the database at `url`, and all that is known of it. */
export async function startFaultDeployment(url: string) {
  console.log(`FAULT_SEED=${SEED}`);
  const db = await openDb(url, { poolSize: 5 });
  const dirs: string[] = [];
  const admin = await makeAdmin(db);
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  const [projectId, steadyId] = [await makeProject(db, admin), await makeProject(db, admin, "Steady")];
  await makeApi(db, "badges");
  for (const id of [projectId, steadyId]) await enableFor(db, id, "badges");
  const { token } = await makeServiceToken(db);

  const history: History = {
    ...{ changes: [], answers: [], cuts: [], outages: [] },
    ...{ limited: [], unsure: [], staleMaxMs: STALE_MAX_MS },
  };
  const makeFaultKey = async (inProject: string, more: Record<string, unknown> = {}): Promise<FaultKey> => {
    const askedAt = performance.now();
    const { key, secret } = await makeKey(ctx, inProject, more);
    const subject = `${key.id} 0`;
    history.changes.push({ subject, code: "VALID", askedAt, answeredAt: performance.now() });
    const standing = { revoked: false, enabled: true, restricted: false };
    return { keyId: key.id, ...standing, secrets: [{ subject, secret }] };
  };
  const keys = await Promise.all(Array.from({ length: KEYS }, () => makeFaultKey(projectId)));
  // Nobody ever touches this one: it is never refused.
  const { keyId: steadyKey, secrets: steadySecrets } = await makeFaultKey(steadyId);
  const [steady] = steadySecrets.map((one) => ({ keyId: steadyKey, ...one }));
  if (!steady) throw new Error("a key without a secret");
  const project = { suspended: false, keys };
  /** Asked about as often as all others together. */
  const limited: Subject[] = [];

  const verifiers = new Map<string, Running>();
  const load = new Load({
    serviceToken: token,
    targets: () => [...verifiers.values()],
    subjects: () => keys.flatMap(({ keyId, secrets }) => secrets.map((secret) => ({ keyId, ...secret }))),
    ...{ limited, steady },
    answers: history.answers,
  });
  const changer = new Mutator(
    project,
    history.changes,
    directOperators(ctx, projectId),
    seededChoice("changes"),
  );

  const makeDir = async () => {
    const dir = await mkdtemp(join(tmpdir(), "latchkey-faults-"));
    dirs.push(dir);
    return dir;
  };
  const dataDir = await makeDir();
  const settings = {
    ...{ DATABASE_URL: url, LATCHKEY_DATA_DIR: dataDir, LOG_LEVEL: "error" },
    LATCHKEY_STALE_MAX_SECONDS: String(STALE_MAX_MS / 1_000),
  };
  const run = (name: string, process: ServerProcess): Running => {
    const running = { ...process, name };
    verifiers.set(name, running);
    return running;
  };

  return {
    ...{ db, ctx, admin, projectId, steadyId, history, project, steady, load, changer, makeDir, dataDir },
    ...{ makeFaultKey, verifiers },

    /** A key that nobody changes, with limits. */
    async makeLimited(limits: Partial<Limits>): Promise<Subject> {
      const { keyId, secrets } = await makeFaultKey(steadyId, { limits });
      const [one] = secrets.map((secret) => ({ keyId, ...secret }));
      if (!one) throw new Error("a key without a secret");
      limited.push(one);
      const { rate, quota } = limits;
      const { subject } = one;
      if (rate) history.limited.push({ subject, limit: rate.limit, windowMs: rate.windowSeconds * 1_000 });
      if (quota) history.limited.push({ subject, limit: quota.limit, windowMs: Number.POSITIVE_INFINITY });
      return one;
    },

    /** Another verifier, in the common data directory unless `env` says otherwise. */
    async start(name: string, env: Record<string, string> = {}): Promise<Running> {
      const running = run(name, await startVerifier({ ...settings, ...env }));
      // Counters that begin wait until all have counted what they answered before.
      const from = performance.now();
      const subjects = (subject: string) => history.limited.some((one) => one.subject === subject);
      history.outages.push({ from, to: from + BEGUN_WITHIN_MS, subjects });
      return running;
    },

    /** A portal, which answers checks as well. */
    async startPortal(name: string): Promise<Running> {
      return run(name, await startPortal(settings));
    },

    /** From now on keys are changed by calls to whichever portal runs, and tried again where none does. */
    async changeByCalls(portal: () => string): Promise<void> {
      const input = createManagementTokenSchema.parse({ name: "changer" });
      const { token: script } = await createManagementToken({ ctx, input });
      changer.operators = apiOperators(() => verifiers.get(portal())?.url ?? GONE, script, projectId);
      changer.isPatient = true;
    },

    /** As a machine that fails under it would. */
    async kill(name: string): Promise<void> {
      const verifier = verifiers.get(name);
      verifiers.delete(name);
      await verifier?.stop("SIGKILL");
    },

    /** Notes that a verifier (all when left out) can't reach its database until the returned function is called. */
    cutOff(verifier?: string): () => void {
      const from = performance.now();
      const cut = { verifier, from, to: Number.POSITIVE_INFINITY };
      // What it has in memory it answers for all that time, less the half second that its last reading may be old.
      const silent = { ...cut, from: from + STALE_MAX_MS - 1_000 };
      const unknown = { ...cut, subjects: (subject: string) => subject !== steady.subject };
      history.cuts.push(cut);
      history.outages.push(silent, unknown);
      return () => {
        cut.to = performance.now();
        silent.to = unknown.to = cut.to + RECOVERED_WITHIN_MS;
      };
    },

    /** Resolves when somebody got a verdict from each verifier again. */
    async allAnswer(): Promise<void> {
      for (const verifier of verifiers.values()) {
        await expect
          .poll(() => load.ask(verifier, steady), { timeout: TEST_TIMEOUT_MS, interval: 50 })
          .toBe("VALID");
      }
    },

    /** Load and changes, with everything in memory that nobody changes. */
    async begin(): Promise<void> {
      await this.allAnswer();
      load.start();
      changer.start();
    },

    /** Ends load and changes, and holds everything against the contract. */
    async settle(): Promise<void> {
      await this.allAnswer();
      await changer.stop();
      await load.stop();
      const miscounts = async () => findMiscounts(load.answered, await countedIn(db), load.lost);
      await expect.poll(miscounts, { timeout: 20_000, interval: 100 }).toEqual([]);
      expect(findViolations(history).slice(0, 10)).toEqual([]);
      expect(findExcess(history).slice(0, 10)).toEqual([]);
      await sealAudit(db);
      expect(await verifyAudit(db)).toMatchObject({ broken: null, unsealed: 0 });
    },

    /** How many secrets' verdicts were changed for certain. */
    get changesAnswered(): number {
      return history.changes.filter(({ answeredAt }) => answeredAt !== null).length;
    },

    /** How many checks a verifier answered like this, in all or since then. */
    answersOf(verifier: string, status: number, since = 0): number {
      return history.answers.filter(
        (answer) => answer.verifier === verifier && answer.status === status && answer.startedAt >= since,
      ).length;
    },

    async remove(): Promise<void> {
      await changer.stop();
      await load.stop();
      for (const verifier of verifiers.values()) await verifier.stop("SIGKILL");
      await db.close();
      for (const dir of dirs) await rm(dir, { recursive: true, force: true });
    },
  };
}

async function countedIn(db: Db): Promise<Counts> {
  const { usage } = db.read.t;
  const rows = await db.read.q
    .select({ keyId: usage.keyId, code: usage.code, count: sql<number>`sum(${usage.count})`.mapWith(Number) })
    .from(usage)
    .where(eq(usage.interval, "day"))
    .groupBy(usage.keyId, usage.code);
  return new Map(rows.map(({ keyId, code, count }) => [`${keyId} ${code}`, count]));
}
