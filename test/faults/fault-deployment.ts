import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Limits } from "#core/limits/types.ts";
import { openDb } from "#db/open.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { createManagementTokenSchema } from "#domain/access/management-tokens/schema.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { ctxOf, enableFor, makeAdmin, makeApi, makeKey, makeProject, makeServiceToken } from "../people.ts";
import { startPortal } from "../portal-process.ts";
import { type ServerProcess, startServerProcess } from "../server-process.ts";
import { countsByKeyAndCode } from "../usage.ts";
import { startVerifier } from "../verifier-process.ts";
import { findExcess, findMiscounts, findViolations, type History } from "./history-checker.ts";
import { Load, type Subject, type Target } from "./load.ts";
import { type FaultKey, Mutator } from "./mutator.ts";
import { apiOperators, directOperators } from "./operators.ts";
import { SEED, seededChoice, TEST_TIMEOUT_MS } from "./settings.ts";

const KEYS = 4;
export const STALE_MAX_MS = 2_000;
/** A verifier answers again within this time after a fault ends, on a busy machine. */
export const RECOVERY_TIMEOUT_MS = 4_000;
/** New limit counters are ready within this time. */
export const COUNTER_START_TIMEOUT_MS = 10_000;

export type FaultDeployment = Awaited<ReturnType<typeof startFaultDeployment>>;
/** A port that nothing listens on. */
const UNREACHABLE_URL = "http://127.0.0.1:1";

type Running = ServerProcess & Target;

/** A deployment on the database at `url`, under load while its keys change, with the history of what it answered. */
export async function startFaultDeployment(url: string) {
  console.log(`FAULT_SEED=${SEED}`);
  const db = await openDb(url, { poolSize: 5 });
  const dirs: string[] = [];
  const admin = await makeAdmin(db);
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  const [projectId, steadyProjectId] = [await makeProject(db, admin), await makeProject(db, admin, "Steady")];
  await makeApi(db, "badges");
  for (const id of [projectId, steadyProjectId]) await enableFor(db, id, "badges");
  const { token } = await makeServiceToken(db);
  await db.write(({ q, t }) => q.update(t.serviceTokens).set({ localVerification: true }));

  const history: History = {
    changes: [],
    answers: [],
    disconnections: [],
    outages: [],
    limited: [],
    uncertain: [],
    staleMaxMs: STALE_MAX_MS,
  };
  const makeFaultKey = async (inProject: string, more: Record<string, unknown> = {}): Promise<FaultKey> => {
    const requestedAt = performance.now();
    const { key, secret } = await makeKey(ctx, inProject, more);
    const subject = `${key.id} 0`;
    history.changes.push({ subject, code: "VALID", requestedAt, acknowledgedAt: performance.now() });
    const state = { revoked: false, enabled: true, restricted: false };
    return { keyId: key.id, ...state, secrets: [{ subject, secret }] };
  };
  const keys = await Promise.all(Array.from({ length: KEYS }, () => makeFaultKey(projectId)));
  // Nothing changes this key, so it is never denied.
  const { keyId: steadyKey, secrets: steadySecrets } = await makeFaultKey(steadyProjectId);
  const [steady] = steadySecrets.map((one) => ({ keyId: steadyKey, ...one }));
  if (!steady) throw new Error("a key without a secret");
  const project = { suspended: false, keys };
  /** Checked as often as all other secrets together. */
  const limited: Subject[] = [];

  const verifiers = new Map<string, Running>();
  /** Names of services. A verifier may have counted what a service answers 503. */
  const services = new Set<string>();
  const load = new Load({
    serviceToken: token,
    targets: () => [...verifiers.values()],
    subjects: () => keys.flatMap(({ keyId, secrets }) => secrets.map((secret) => ({ keyId, ...secret }))),
    limited,
    steady,
    answers: history.answers,
  });
  const mutator = new Mutator(
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
    DATABASE_URL: url,
    LATCHKEY_DATA_DIR: dataDir,
    LOG_LEVEL: "error",
    LATCHKEY_STALE_MAX_SECONDS: String(STALE_MAX_MS / 1_000),
  };
  const run = (name: string, process: ServerProcess): Running => {
    const running = { ...process, name };
    verifiers.set(name, running);
    return running;
  };

  return {
    db,
    ctx,
    admin,
    projectId,
    steadyProjectId,
    history,
    project,
    steady,
    load,
    mutator,
    makeDir,
    dataDir,
    makeFaultKey,
    verifiers,

    /** Creates a key with limits that nothing changes. */
    async makeLimited(limits: Partial<Limits>): Promise<Subject> {
      const { keyId, secrets } = await makeFaultKey(steadyProjectId, { limits });
      const [one] = secrets.map((secret) => ({ keyId, ...secret }));
      if (!one) throw new Error("a key without a secret");
      limited.push(one);
      const { rate, quota } = limits;
      const { subject } = one;
      if (rate) history.limited.push({ subject, limit: rate.limit, windowMs: rate.windowSeconds * 1_000 });
      if (quota) history.limited.push({ subject, limit: quota.limit, windowMs: Number.POSITIVE_INFINITY });
      return one;
    },

    /** Starts another verifier, in the shared data directory unless `env` says otherwise. */
    async start(name: string, env: Record<string, string> = {}): Promise<Running> {
      const running = run(name, await startVerifier({ ...settings, ...env }));
      // A new counter waits until every verifier has aggregated its earlier answers.
      const from = performance.now();
      const subjects = (subject: string) => history.limited.some((one) => one.subject === subject);
      history.outages.push({ from, to: from + COUNTER_START_TIMEOUT_MS, subjects });
      return running;
    },

    /** Starts a service that verifies keys in its own process, in the shape of a verifier. */
    async startLocal(name: string, urls: string[], journalDir?: string): Promise<Running> {
      const service = {
        file: "test/faults/local-service.ts",
        portSetting: "VERIFIER_PORT",
        readyPath: "/readyz",
      } as const;
      services.add(name);
      const env = { LATCHKEY_VERIFIER_URL: urls.join(" "), LATCHKEY_TOKEN: token };
      return run(
        name,
        await startServerProcess(service, {
          ...env,
          ...(journalDir && { LATCHKEY_JOURNAL_DIR: journalDir }),
        }),
      );
    },

    /** Starts a portal, which answers checks as well. */
    async startPortal(name: string): Promise<Running> {
      return run(name, await startPortal(settings));
    },

    /** From now on keys are changed through the portal's HTTP API, with retries while no portal runs. */
    async changeThroughApi(portal: () => string): Promise<void> {
      const input = createManagementTokenSchema.parse({ name: "mutator" });
      const { token: managementToken } = await createManagementToken({ ctx, input });
      mutator.operators = apiOperators(
        () => verifiers.get(portal())?.url ?? UNREACHABLE_URL,
        managementToken,
        projectId,
      );
      mutator.retriesFailures = true;
    },

    /** Ends a process with SIGKILL. */
    async kill(name: string): Promise<void> {
      const verifier = verifiers.get(name);
      verifiers.delete(name);
      await verifier?.stop("SIGKILL");
    },

    /** Records that a verifier (all when left out) can't reach its database until the returned function is called. */
    recordDisconnection(verifier?: string): () => void {
      const from = performance.now();
      const cut = { verifier, from, to: Number.POSITIVE_INFINITY };
      // Cached keys are answered for STALE_MAX_MS, minus the half second that the last read may be old.
      const silent = { ...cut, from: from + STALE_MAX_MS - 1_000 };
      const unknown = { ...cut, subjects: (subject: string) => subject !== steady.subject };
      history.disconnections.push(cut);
      history.outages.push(silent, unknown);
      return () => {
        cut.to = performance.now();
        silent.to = unknown.to = cut.to + RECOVERY_TIMEOUT_MS;
      };
    },

    /** Resolves when each verifier returns verdicts again. */
    async waitForVerdicts(): Promise<void> {
      for (const verifier of verifiers.values()) {
        await expect
          .poll(() => load.check(verifier, steady), { timeout: TEST_TIMEOUT_MS, interval: 50 })
          .toBe("VALID");
      }
    },

    /** Starts load and changes once the steady key is cached. */
    async begin(): Promise<void> {
      await this.waitForVerdicts();
      load.start();
      mutator.start();
    },

    /** Stops load and changes. */
    async stop(): Promise<void> {
      await mutator.stop();
      await load.stop();
    },

    /** The number of counted checks. */
    async counted(): Promise<number> {
      return [...(await countsByKeyAndCode(db)).values()].reduce((sum, count) => sum + count, 0);
    },

    /** Stops load and changes, and checks the whole history against the documented rules. */
    async stopAndVerify(): Promise<void> {
      await this.waitForVerdicts();
      await this.stop();
      const unanswered = () =>
        history.answers.filter(({ verifier, status }) => services.has(verifier) && status === 503).length;
      const miscounts = async () =>
        findMiscounts(load.answered, await countsByKeyAndCode(db), load.lost + unanswered());
      await expect.poll(miscounts, { timeout: 20_000, interval: 100 }).toEqual([]);
      expect(findViolations(history).slice(0, 10)).toEqual([]);
      expect(findExcess(history).slice(0, 10)).toEqual([]);
      await sealAudit(db);
      expect(await verifyAudit(db)).toMatchObject({ broken: null, unsealed: 0 });
    },

    /** How many changes of a secret's verdict were acknowledged. */
    get changesAcknowledged(): number {
      return history.changes.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length;
    },

    /** How many checks a verifier answered with this status, in total or since a time. */
    answersOf(verifier: string, status: number, since = 0): number {
      return history.answers.filter(
        (answer) => answer.verifier === verifier && answer.status === status && answer.startedAt >= since,
      ).length;
    },

    async remove(): Promise<void> {
      await mutator.stop();
      await load.stop();
      for (const verifier of verifiers.values()) await verifier.stop("SIGKILL");
      await db.close();
      for (const dir of dirs) await rm(dir, { recursive: true, force: true });
    },
  };
}
