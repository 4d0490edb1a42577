import { join } from "node:path";
import { newId } from "#core/ids.ts";
import type { Db } from "#db/open.ts";
import type { Settings } from "#platform/settings.ts";
import { readThrough } from "../cache/read-through.ts";
import type { Limiter } from "./limiter.ts";
import { LocalLimiter } from "./local.ts";
import { MemoryLimiter } from "./memory.ts";
import { IN_REDIS, Peers } from "./peers.ts";
import { usageBackfill } from "./usage-backfill.ts";
import { UsageCounters } from "./usage-counters.ts";

interface OpenLimits {
  db: Db;
  settings: Pick<Settings, "dataDir" | "redisUrl" | "limitsWithoutRedis" | "staleMaxSeconds">;
  /** The verifier's id. */
  id: string;
  /** False for the portal's own verifier, so that its load can't slow others down. */
  mayServe: boolean;
  /** Resolves when everything answered until now, here and by dead processes of this data directory, is counted. */
  countedUp: () => Promise<void>;
  /** Called with the error when Redis becomes unavailable, and with null when it is available again. */
  onHealth: (error: unknown | null) => void;
}

/** How this process counts limits. */
export interface OpenedLimits {
  limiter: Limiter;
  /** Where it counts, for the heartbeat. */
  countsIn: string;
  /** The other verifiers. Refresh about every second. */
  peers: Peers;
}

const UNSHARED = "another verifier already counts limits, and there is no REDIS_URL to share them through";

/** Counts limits in Redis if it is configured, otherwise in one process per data directory. */
export async function openLimits({
  db,
  settings,
  id,
  mayServe,
  countedUp,
  onHealth,
}: OpenLimits): Promise<OpenedLimits> {
  const { dataDir, redisUrl, limitsWithoutRedis, staleMaxSeconds } = settings;
  const countersFor = (peers: Peers) =>
    new UsageCounters(usageBackfill(db), async () => {
      await Promise.all([countedUp(), peers.counted()]);
    });
  if (redisUrl !== undefined) {
    // The Redis client is as large as all other code, so it is loaded only if it is used.
    const { SharedLimiter } = await import("./shared.ts");
    const peers = new Peers(db, { id, limits: IN_REDIS }, staleMaxSeconds);
    // If this fails, usage counts are not read until a later refresh succeeds.
    await peers.refresh().catch(() => {});
    const counters = countersFor(peers);
    const limiter = new SharedLimiter({
      url: redisUrl,
      backfill: counters,
      withoutRedis: limitsWithoutRedis,
      share: () => peers.share,
      onCountersLost: (afterMs) => counters.reset(afterMs),
      onHealth,
    });
    return { limiter, countsIn: IN_REDIS, peers };
  }
  const countsIn = `local:${readThrough(join(dataDir, "limits.id"), () => newId("verifier"))}`;
  const peers = new Peers(db, { id, limits: countsIn }, staleMaxSeconds);
  const counters = countersFor(peers);
  const limiter = new LocalLimiter({
    dir: dataDir,
    memory: new MemoryLimiter({ backfill: counters }),
    mayServe,
    onServing: () => counters.reset(),
    unshared: () => (peers.elsewhere ? UNSHARED : null),
  });
  if (mayServe) {
    await peers.refresh();
    await limiter.start();
  }
  // The portal never counts itself: it uses the process that counts here.
  return { limiter, countsIn: mayServe ? countsIn : "", peers };
}
