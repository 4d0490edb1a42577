import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReportedUsage } from "../../../engine/sync/protocol.ts";
import { ConfigurationError } from "../src/errors.ts";
import { UsageReporter } from "../src/local/usage-reporter.ts";

const batch: ReportedUsage = { id: "seg_0000000000000000000000.0", entries: [] };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A reporter with a batch that is never accepted while `send` rejects, and how often the batch was settled. */
function reporterOf(send: () => Promise<void>) {
  const counts = { settled: 0 };
  const reporter = new UsageReporter({
    store: {
      record: () => true,
      isFull: false,
      async *pending() {
        yield { batch, settle: () => void counts.settled++ };
      },
      close: async () => {},
    },
    send,
    onError: () => {},
  });
  return { reporter, counts };
}

test("a batch that a verifier of another version rejects is kept until it is upgraded", async () => {
  let status: number | null = 409;
  const { reporter, counts } = reporterOf(async () => {
    if (status !== null) throw new ConfigurationError(status, {});
  });
  reporter.start();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(counts.settled).toBe(0);
  status = null;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(counts.settled).toBeGreaterThan(0);
  await reporter.close();
});

test("a batch is given up after two minutes of rejections, however long ago an earlier one was", async () => {
  let status: number | null = 403;
  const { reporter, counts } = reporterOf(async () => {
    if (status !== null) throw new ConfigurationError(status, {});
  });
  reporter.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(counts.settled).toBe(0);
  status = null;
  await vi.advanceTimersByTimeAsync(300_000);
  const accepted = counts.settled;
  expect(accepted).toBeGreaterThan(0);
  status = 403;
  await vi.advanceTimersByTimeAsync(100_000);
  expect(counts.settled).toBe(accepted);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(counts.settled).toBeGreaterThan(accepted);
  status = null;
  await reporter.close();
});
