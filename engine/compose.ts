import { newId } from "#core/ids.ts";
import { type Db, openDb } from "#db/open.ts";
import type { Settings } from "#platform/settings.ts";
import { AggregationCycle } from "./aggregation/aggregation-cycle.ts";
import { initialCycle } from "./aggregation/initial-cycle.ts";
import {
  leaseJournal,
  Maintenance,
  type MaintenanceCycle,
  type MaintenanceOptions,
} from "./aggregation/maintenance.ts";
import { Engine } from "./engine.ts";
import type { FeedPosition } from "./feed/change-feed.ts";
import { Journal } from "./journal/journal.ts";
import { uncounted } from "./journal/segments.ts";
import { openLimits } from "./limits/open.ts";
import type { Peers } from "./limits/peers.ts";
import { chooseUsageStore, type UsageSettings } from "./usage/store.ts";

interface ComposeOptions {
  db: Db;
  settings: Settings;
  /** Where this process answers, for people. */
  address: string;
  version: string;
  /** Whether other processes may count their limits here. False for the portal, whose load must not be theirs. */
  mayServe: boolean;
  /** Called when the change feed becomes unavailable, and with null when it is available again. */
  onFeedHealth: (error: unknown | null) => void;
  /** Called when Redis becomes unavailable, and with null when it is available again. */
  onRedisHealth: (error: unknown | null) => void;
  /** Called with the feed position up to which changes are applied. */
  onApplied: (position: FeedPosition) => void;
}

/** A running engine with the parts around it: what a process needs to answer checks and to count them. */
export interface ComposedEngine {
  engine: Engine;
  /** Stores the usage counts in this thread. A process may run another `Maintenance` on its own thread instead. */
  maintenance: Maintenance;
  /** Identifies this process and its journal to that other `Maintenance`. */
  work: { root: string; dir: string } & MaintenanceOptions & UsageSettings;
  peers: Peers;
  cycle: AggregationCycle;
  /** Closes the current journal segment, so that `Maintenance.run` with the result counts all answers up to now. */
  beginCycle(): MaintenanceCycle;
  /** Stops answering, waits for `finish` to count what is left, and closes what was opened. */
  stop(finish: () => Promise<void>): Promise<void>;
}

/**
 * Opens and starts an engine: journal, limits, change feed, heartbeat. The only place where its parts are put
 * together. Rejects if the database can't be read or the journal can't be leased; what was opened is closed.
 */
export async function composeEngine(options: ComposeOptions): Promise<ComposedEngine> {
  const opened = new Opened();
  try {
    return await compose(options, opened);
  } catch (error) {
    // The first error says more than an error that follows from it.
    await opened.close().catch(() => {});
    throw error;
  }
}

/** What closes the parts that are open. */
class Opened {
  readonly #closers: (() => unknown)[] = [];

  add(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Closes the parts, the last one first. */
  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

async function compose(options: ComposeOptions, opened: Opened): Promise<ComposedEngine> {
  const { db, settings } = options;
  chooseUsageStore(settings);
  // A separate connection, so that revocations arrive even while all others are in use.
  const feedDb = await openDb(settings.databaseUrl, { poolSize: 1 });
  opened.add(() => feedDb.close());
  const id = newId("verifier");
  const { root, lease } = await leaseJournal(settings.dataDir, id);
  opened.add(() => lease.release());
  const journal = new Journal(lease.dir, { maxBytes: settings.journalMaxBytes });
  let finish = async () => {};
  opened.add(() => {
    journal.rotate();
    return finish();
  });
  opened.add(await measureJournal(journal));
  const cycle = new AggregationCycle();
  const limits = await openLimits({
    db,
    settings,
    id,
    mayServe: options.mayServe,
    countedUp: () => cycle.nextCompleted(),
    onHealth: options.onRedisHealth,
  });
  const { limiter, peers } = limits;
  opened.add(() => limiter.close());
  const { listenUrl, redisUrl } = settings;
  // Loaded only if it is used, as in `openLimits`.
  const sharedReplies =
    redisUrl === undefined
      ? null
      : new (await import("./check/shared-replies.ts")).SharedReplies({ url: redisUrl });
  opened.add(() => sharedReplies?.close());
  const { onFeedHealth, onApplied } = options;
  const engine = new Engine({
    db,
    feedDb,
    listenUrl,
    settings,
    journal,
    limiter,
    sharedReplies,
    onFeedHealth,
    onApplied,
  });
  opened.add(() => engine.stop());
  await engine.start();
  const { address, version } = options;
  const self = { id, address, version, startedAt: Date.now(), limits: limits.countsIn };
  const { usageUrl, usageDaysMs } = settings;
  const maintenance = new Maintenance(db, root, lease, { self, usageDaysMs });
  await initialCycle(maintenance, engine.feed.position, { cycles: cycle, peers });
  const beginCycle = () => {
    const now = Date.now();
    const isComplete = journal.rotate();
    if (isComplete) cycle.begin();
    const serviceUses = engine.serviceTokens.takeUses();
    const olderServiceUses = engine.serviceTokens.takeOlderUses();
    const firstUses = engine.imports.takeFirstUses();
    return {
      feed: engine.feed.position,
      closedTo: isComplete ? now : null,
      serviceUses,
      olderServiceUses,
      firstUses,
      uncountedBytes: journal.uncountedBytes,
    };
  };
  return {
    engine,
    maintenance,
    work: { root, dir: lease.dir, self, usageUrl, usageDaysMs },
    peers,
    cycle,
    beginCycle,
    stop(work) {
      finish = work;
      return opened.close();
    },
  };
}

const MEASURE_MS = 1_000;

/** Keeps the journal informed of how much is not counted, so that it can bound it. Returns what ends this. */
async function measureJournal(journal: Journal): Promise<() => void> {
  let isMeasuring = false;
  const measure = async () => {
    const written = journal.bytes;
    const { bytes } = await uncounted(journal.dir, Date.now());
    journal.setUncounted(bytes, written);
  };
  const tick = async () => {
    if (isMeasuring) return;
    isMeasuring = true;
    // While the disk can't be read, the journal adds up what it writes.
    await measure().catch(() => {});
    isMeasuring = false;
  };
  await measure();
  const timer = setInterval(tick, MEASURE_MS);
  timer.unref();
  return () => clearInterval(timer);
}
