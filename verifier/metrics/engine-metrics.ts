import { Counter, Gauge, type Registry } from "prom-client";
import type { FactCache } from "#engine/cache/fact-cache.ts";
import type { Engine } from "#engine/engine.ts";
import { uncounted } from "#engine/journal/segments.ts";
import { diskSpaceOf } from "#platform/disk-space.ts";

type CacheStats = Pick<FactCache<never>, "hits" | "misses" | "fills" | "size">;

/** Registers metrics of the engine. They are read when metrics are requested, so that checks don't pay for them. */
export function registerEngine(registry: Registry, engine: Engine): void {
  const { journal, feed, factStore, limiter } = engine;
  const caches: [name: string, stats: CacheStats][] = [
    ["keys", factStore.secrets],
    ["projects", factStore.projects],
    ["apis", factStore.apis],
    ["service_tokens", factStore.serviceTokens],
  ];
  const single = (read: () => number | Promise<number>) => async () => [{ labels: {}, value: await read() }];
  const ofCaches = (read: (stats: CacheStats) => number) => async () =>
    caches.map(([cache, stats]) => ({ labels: { cache }, value: read(stats) }));
  const disk = once(() => diskSpaceOf(journal.dir).catch(() => ({ free: Number.NaN, total: Number.NaN })));
  const waiting = once(() => uncounted(journal.dir, Date.now()));

  const metrics: [kind: typeof Counter | typeof Gauge, name: string, help: string, read: Read][] = [
    [
      Gauge,
      "latchkey_ready",
      "1 if verdicts are available.",
      single(() => (engine.unavailableReason === null ? 1 : 0)),
    ],
    [
      Gauge,
      "latchkey_feed_lag_seconds",
      "Age of the last moment at which all committed changes were known.",
      single(() => engine.lagMs / 1000),
    ],
    [Gauge, "latchkey_feed_position", "The highest applied change.", single(() => feed.appliedSeq)],
    [Counter, "latchkey_cache_hits_total", "Look-ups answered from memory.", ofCaches(({ hits }) => hits)],
    [
      Counter,
      "latchkey_cache_misses_total",
      "Look-ups that had to wait for the database.",
      ofCaches(({ misses }) => misses),
    ],
    [Counter, "latchkey_cache_fills_total", "Reads of the database.", ofCaches(({ fills }) => fills)],
    [
      Gauge,
      "latchkey_cache_entries",
      "Entries in memory, including those known not to exist.",
      ofCaches(({ size }) => size),
    ],
    [Counter, "latchkey_journal_lines_total", "Answers written to the journal.", single(() => journal.lines)],
    [Counter, "latchkey_journal_bytes_total", "Bytes written to the journal.", single(() => journal.bytes)],
    [
      Gauge,
      "latchkey_journal_uncounted_bytes",
      "Bytes of the journal that are not counted yet.",
      single(async () => (await waiting()).bytes),
    ],
    [
      Gauge,
      "latchkey_journal_max_bytes",
      "At how much uncounted journal checks are answered 503.",
      single(() => journal.maxBytes),
    ],
    [
      Gauge,
      "latchkey_journal_uncounted_seconds",
      "Age of the oldest entry that is not counted yet.",
      single(async () => (await waiting()).ageMs / 1000),
    ],
    [
      Gauge,
      "latchkey_disk_free_bytes",
      "Space left for the journal.",
      single(async () => (await disk()).free),
    ],
    [
      Gauge,
      "latchkey_disk_size_bytes",
      "Size of the journal's file system.",
      single(async () => (await disk()).total),
    ],
    [
      Gauge,
      "latchkey_limits_ready",
      "1 if limits are counted where they should be.",
      single(() => (limiter.unavailableReason === null ? 1 : 0)),
    ],
    [
      Counter,
      "latchkey_limits_errors_total",
      "Requests without a verdict because their limits could not be counted.",
      single(() => engine.uncounted),
    ],
  ];
  for (const [Kind, name, help, read] of metrics) {
    new Kind({
      name,
      help,
      labelNames: ["cache"],
      registers: [registry],
      async collect() {
        const values = await read();
        this.reset();
        for (const { labels, value } of values) this.inc(labels, value);
      },
    });
  }
}

type Read = () => Promise<{ labels: { cache?: string }; value: number }[]>;

/** Shares a read in progress with concurrent callers. */
function once<T>(look: () => Promise<T>): () => Promise<T> {
  let looking: Promise<T> | null = null;
  return () => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
}
