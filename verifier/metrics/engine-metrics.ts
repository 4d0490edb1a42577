import { Counter, Gauge, type Registry } from "prom-client";
import type { FactCache } from "#engine/cache/fact-cache.ts";
import type { Engine } from "#engine/engine.ts";
import { uncounted } from "#engine/journal/segments.ts";
import { diskSpaceOf } from "#platform/disk-space.ts";

type CacheFigures = Pick<FactCache<never>, "hits" | "misses" | "fills" | "size">;

/** Tells of the engine's parts: read off when somebody asks, so that no check pays for it. */
export function registerEngine(registry: Registry, engine: Engine): void {
  const { journal, feed, factStore, limiter } = engine;
  const caches: [name: string, figures: CacheFigures][] = [
    ["keys", factStore.secrets],
    ["projects", factStore.projects],
    ["apis", factStore.apis],
    ["service_tokens", factStore.serviceTokens],
  ];
  const single = (read: () => number | Promise<number>) => async () => [{ labels: {}, value: await read() }];
  const ofCaches = (read: (figures: CacheFigures) => number) => async () =>
    caches.map(([cache, figures]) => ({ labels: { cache }, value: read(figures) }));
  const disk = once(() => diskSpaceOf(journal.dir).catch(() => ({ free: Number.NaN, total: Number.NaN })));
  const waiting = once(() => uncounted(journal.dir, Date.now()));

  const metrics: [kind: typeof Counter | typeof Gauge, name: string, help: string, read: Read][] = [
    [
      Gauge,
      "latchkey_ready",
      "1 when verdicts can be given.",
      single(() => (engine.trouble === null ? 1 : 0)),
    ],
    [
      Gauge,
      "latchkey_feed_lag_seconds",
      "How long ago all that was committed was known here.",
      single(() => engine.lagMs / 1000),
    ],
    [Gauge, "latchkey_feed_position", "The highest change that was applied.", single(() => feed.position)],
    [Counter, "latchkey_cache_hits_total", "Look-ups that memory answered.", ofCaches(({ hits }) => hits)],
    [
      Counter,
      "latchkey_cache_misses_total",
      "Look-ups that had to wait for the database.",
      ofCaches(({ misses }) => misses),
    ],
    [Counter, "latchkey_cache_fills_total", "Reads of the database.", ofCaches(({ fills }) => fills)],
    [Gauge, "latchkey_cache_entries", "What is in memory, known and unknown.", ofCaches(({ size }) => size)],
    [Counter, "latchkey_journal_lines_total", "Answers written to the journal.", single(() => journal.lines)],
    [Counter, "latchkey_journal_bytes_total", "Bytes written to the journal.", single(() => journal.bytes)],
    [
      Gauge,
      "latchkey_journal_uncounted_bytes",
      "How much of the journal is not in the usage figures yet.",
      single(async () => (await waiting()).bytes),
    ],
    [
      Gauge,
      "latchkey_journal_uncounted_seconds",
      "How long the oldest of that has waited.",
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
      "1 when limits are counted where they should be.",
      single(() => (limiter.trouble === null ? 1 : 0)),
    ],
    [
      Counter,
      "latchkey_limits_errors_total",
      "Calls that got no verdict because their limits could not be counted.",
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

/** One look for all who ask while it is under way. */
function once<T>(look: () => Promise<T>): () => Promise<T> {
  let looking: Promise<T> | null = null;
  return () => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
}
