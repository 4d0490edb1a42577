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
  /** False for the portal's own verifier: its load must not be that of others. */
  mayServe: boolean;
  /** Resolves when what was answered until now, here and by the dead of this data directory, is counted. */
  countedUp: () => Promise<void>;
  /** Told when Redis went away (why), and when it is back (null). */
  onHealth: (error: unknown | null) => void;
}

/** How this process counts limits. */
export interface OpenedLimits {
  limiter: Limiter;
  /** For the heartbeat: where it counts. */
  place: string;
  /** Who else answers: to be looked up every second or so. */
  peers: Peers;
}

const UNSHARED =
  "another verifier counts limits already, and there is no REDIS_URL through which this one could share them";

/** Limits are counted in Redis where there is one, else by one process for all of its data directory. */
export async function openLimits({
  db,
  settings,
  id,
  mayServe,
  countedUp,
  onHealth,
}: OpenLimits): Promise<OpenedLimits> {
  const { dataDir, redisUrl, limitsWithoutRedis, staleMaxSeconds } = settings;
  const figuresFor = (peers: Peers) =>
    new UsageCounters(usageBackfill(db), async () => {
      await Promise.all([countedUp(), peers.counted()]);
    });
  if (redisUrl !== undefined) {
    // Redis's client is as much code as all the rest: it is loaded only where it is used.
    const { SharedLimiter } = await import("./shared.ts");
    const peers = new Peers(db, { id, limits: IN_REDIS }, staleMaxSeconds);
    // Nobody counts before they could be read: the figures wait for that.
    await peers.refresh().catch(() => {});
    const figures = figuresFor(peers);
    const limiter = new SharedLimiter({
      url: redisUrl,
      usedBefore: figures,
      withoutRedis: limitsWithoutRedis,
      part: () => peers.part,
      onAnew: () => figures.beginAnew(),
      onHealth,
    });
    return { limiter, place: IN_REDIS, peers };
  }
  const place = `local:${readThrough(join(dataDir, "limits.id"), () => newId("verifier"))}`;
  const peers = new Peers(db, { id, limits: place }, staleMaxSeconds);
  const figures = figuresFor(peers);
  const limiter = new LocalLimiter({
    dir: dataDir,
    memory: new MemoryLimiter({ usedBefore: figures }),
    mayServe,
    onServing: () => figures.beginAnew(),
    unshared: () => (peers.elsewhere ? UNSHARED : null),
  });
  if (mayServe) {
    await peers.refresh();
    await limiter.start();
  }
  // The portal asks whoever counts here; by itself it counts nowhere.
  return { limiter, place: mayServe ? place : "", peers };
}
