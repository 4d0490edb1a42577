import { expect, onTestFinished } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "../interruptible-proxy.ts";
import { type RedisServer, startRedis } from "../redis.ts";
import { COUNTER_START_TIMEOUT_MS, type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import type { Subject } from "./load.ts";

const LIMIT = 5;
const WINDOW_SECONDS = 5;
/** A verifier has noticed an outage of Redis by then: timeout of 500 ms, probed every 250 ms. */
export const DETECTION_MS = 1_000;
export const POLL_OPTIONS = { timeout: 20_000, interval: 20 };

/** Starts Redis, a proxy to it, a deployment on that database, and a key with a rate limit, until the test ends. */
export async function startLimitsInRedis(
  dialect: "sqlite" | "postgres",
  { persists = false } = {},
): Promise<LimitsInRedis> {
  const redis = await startRedis({ persists });
  onTestFinished(() => redis.stop());
  const proxy = await startInterruptibleProxy(redis.url);
  onTestFinished(() => proxy.disconnect());
  const deployment = await startFaultDeployment(await makeTestDatabase(dialect));
  onTestFinished(() => deployment.remove());
  const limited = await deployment.makeLimited({ rate: { limit: LIMIT, windowSeconds: WINDOW_SECONDS } });
  return new LimitsInRedis({ redis, proxy, deployment, limited });
}

interface Parts {
  redis: RedisServer;
  proxy: InterruptibleProxy;
  deployment: FaultDeployment;
  /** The key with the limit. */
  limited: Subject;
}

/** A deployment whose limits are in Redis, and what Redis's outages may do to a limited key. */
export class LimitsInRedis {
  readonly redis: RedisServer;
  readonly proxy: InterruptibleProxy;
  readonly deployment: FaultDeployment;
  readonly #limited: Subject;

  constructor({ redis, proxy, deployment, limited }: Parts) {
    this.redis = redis;
    this.proxy = proxy;
    this.deployment = deployment;
    this.#limited = limited;
  }

  /** Resolves when the limit has just been used up, before the requests are aggregated. */
  async waitForUsedUpLimit(): Promise<void> {
    const hasPassed = () => this.passedSince(performance.now() - WINDOW_SECONDS * 1_000).length;
    await expect.poll(hasPassed, POLL_OPTIONS).toBe(LIMIT);
  }

  async waitForLimitedVerdicts(): Promise<void> {
    const { verifiers, load } = this.deployment;
    for (const verifier of verifiers.values())
      await expect.poll(() => load.check(verifier, this.#limited), POLL_OPTIONS).not.toBeNull();
  }

  /** The limited key's requests from then on that passed. */
  passedSince(from: number) {
    const { subject: limited } = this.#limited;
    return this.deployment.history.answers.filter(
      ({ subject, code, startedAt }) => subject === limited && code === "VALID" && startedAt >= from,
    );
  }

  /**
   * Records an outage of Redis, for one verifier or all, until the returned function is called. That function checks
   * that requests of limited keys were rejected as `mode` says.
   */
  recordRedisOutage(mode: "refuse" | "local", verifier?: string): () => void {
    const { answers, outages, uncertain } = this.deployment.history;
    const from = performance.now();
    const subjects = (one: string) => one === this.#limited.subject;
    const outage = { verifier, from, to: Number.POSITIVE_INFINITY, subjects };
    outages.push(outage);
    if (mode === "local") uncertain.push({ from, to: from + DETECTION_MS });
    return () => {
      const now = performance.now();
      outage.to = now + COUNTER_START_TIMEOUT_MS;
      if (mode === "local") return uncertain.push({ from: now, to: now + DETECTION_MS });
      const rejected = answers.filter(
        (one) => subjects(one.subject) && one.status === 503 && one.startedAt >= from,
      );
      return expect(rejected.length).toBeGreaterThan(0);
    };
  }
}
