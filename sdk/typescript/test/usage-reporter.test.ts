import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { UsageBatch } from "../../../engine/sync/protocol.ts";
import { ConfigurationError } from "../src/errors.ts";
import { UsageReporter } from "../src/local/usage-reporter.ts";

const batch: UsageBatch = { id: "seg_0000000000000000000000.0", entries: [] };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a batch is given up after two minutes of rejections, however long ago an earlier one was", async () => {
  let status: number | null = 403;
  let settled = 0;
  const reporter = new UsageReporter({
    store: {
      record: () => true,
      isFull: false,
      async *pending() {
        yield { batch, settle: () => void settled++ };
      },
      close: async () => {},
    },
    async send() {
      if (status !== null) throw new ConfigurationError(status, {});
    },
    onError: () => {},
  });
  reporter.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(settled).toBe(0);
  status = null;
  await vi.advanceTimersByTimeAsync(300_000);
  const accepted = settled;
  expect(accepted).toBeGreaterThan(0);
  status = 403;
  await vi.advanceTimersByTimeAsync(100_000);
  expect(settled).toBe(accepted);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(settled).toBeGreaterThan(accepted);
  status = null;
  await reporter.close();
});
