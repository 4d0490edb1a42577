import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ReportedUsage } from "../../../engine/sync/protocol.ts";
import { ConfigurationError, UsageLostError } from "../src/errors.ts";
import { UsageReporter, type UsageReporterOptions } from "../src/local/usage-reporter.ts";

const batch: ReportedUsage = {
  id: "seg_0000000000000000000000.0",
  entries: [
    {
      atMs: 0,
      code: "VALID",
      secretId: "sec_1",
      api: "badges",
      operation: "",
      units: 1,
      count: 3,
      seen: null,
      trial: null,
      details: null,
    },
  ],
};

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A reporter with a batch that comes again until it is settled, or forever, and how often it was settled. */
function reporterOf(send: UsageReporterOptions["send"], { isOnce = false } = {}) {
  const counts = { settled: 0, sent: 0 };
  const errors: unknown[] = [];
  const reporter = new UsageReporter({
    store: {
      record: () => true,
      isFull: false,
      async *pending() {
        if (!isOnce || counts.settled === 0) yield { batch, settle: () => void counts.settled++ };
      },
      close: async () => 0,
    },
    send(report) {
      counts.sent++;
      return send(report);
    },
    onError: (error) => errors.push(error),
  });
  return { reporter, counts, errors };
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
  const { reporter, counts, errors } = reporterOf(async () => {
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
  expect(errors.some((error) => error instanceof UsageLostError)).toBe(false);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(counts.settled).toBeGreaterThan(accepted);
  expect(errors.find((error) => error instanceof UsageLostError)).toMatchObject({ answers: 3 });
  status = null;
  await reporter.close();
});

test.each([401, 403, 404, 409, 422])("closing ends at once if verifiers answer %i", async (status) => {
  const { reporter, counts } = reporterOf(async () => {
    throw new ConfigurationError(status, {});
  });
  reporter.start();
  const startedAt = performance.now();
  await reporter.close();
  expect(performance.now()).toBe(startedAt);
  expect(counts).toEqual({ sent: 1, settled: 0 });
});

describe("closing with several batches", () => {
  /** A reporter with three batches, and the numbers of those sent and settled, in order. */
  function reporterOfThree(send: (number: number, signal: AbortSignal) => Promise<void>) {
    const left = new Set([0, 1, 2]);
    const sent: (number | "state")[] = [];
    const errors: unknown[] = [];
    const idOf = (number: number) => `seg_0000000000000000000000.${number}`;
    const reporter = new UsageReporter({
      store: {
        record: () => true,
        isFull: false,
        async *pending() {
          for (const number of left)
            yield { batch: { ...batch, id: idOf(number) }, settle: () => void left.delete(number) };
        },
        close: async () => 0,
      },
      async send({ batch: each, signal }) {
        const number = each === null ? null : Number(each.id.at(-1));
        sent.push(number ?? "state");
        if (number !== null) await send(number, signal);
      },
      onError: (error) => errors.push(error),
    });
    return { reporter, left, sent, errors };
  }
  const rejection = new ConfigurationError(422, {});

  test.each([[[0]], [[1]], [[0, 2]], [[0, 1, 2]]])(
    "sends each of them once if verifiers reject %j, and ends at once",
    async (rejected) => {
      const { reporter, left, sent, errors } = reporterOfThree(async (number) => {
        if (rejected.includes(number)) throw rejection;
      });
      const startedAt = performance.now();
      await reporter.close();
      expect(performance.now()).toBe(startedAt);
      expect(sent).toEqual([0, 1, 2]);
      expect([...left]).toEqual(rejected);
      expect(errors).toEqual(rejected.map(() => rejection));
    },
  );

  test("sends what failed again, and not what was rejected", async () => {
    let isGone = true;
    const { reporter, left, sent } = reporterOfThree(async (number) => {
      if (number === 0) throw rejection;
      if (isGone) throw new Error("connection refused");
    });
    const closed = reporter.close();
    await vi.advanceTimersByTimeAsync(100);
    isGone = false;
    await vi.advanceTimersByTimeAsync(100);
    await closed;
    expect(sent).toEqual([0, 1, 1, 2]);
    expect([...left]).toEqual([0]);
  });

  test("takes 5 seconds at most if one is rejected and the next is never answered", async () => {
    const { reporter, left, sent } = reporterOfThree(async (number, signal) => {
      if (number === 0) throw rejection;
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const startedAt = performance.now();
    const closed = reporter.close();
    await vi.advanceTimersByTimeAsync(5_200);
    await closed;
    expect(performance.now() - startedAt).toBeLessThanOrEqual(5_200);
    expect(sent).toEqual([0, 1]);
    expect([...left]).toEqual([0, 1, 2]);
  });

  test("reports the state once all are accepted", async () => {
    const { reporter, left, sent } = reporterOfThree(async () => {});
    await reporter.close();
    expect(sent).toEqual([0, 1, 2, "state"]);
    expect(left.size).toBe(0);
  });
});

test("closing waits for a verifier that comes back, and no longer than that", async () => {
  let isGone = true;
  const send = async () => {
    if (isGone) throw new Error("connection refused");
  };
  const { reporter, counts } = reporterOf(send, { isOnce: true });
  let isClosed = false;
  const closed = reporter.close().then(() => {
    isClosed = true;
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect([isClosed, counts.settled]).toEqual([false, 0]);
  isGone = false;
  await vi.advanceTimersByTimeAsync(200);
  expect([isClosed, counts.settled]).toEqual([true, 1]);
  await closed;
});

test.each([
  ["is gone", () => Promise.reject(new Error("connection refused"))],
  [
    "never answers",
    ({ signal }: { signal: AbortSignal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  ],
])("closing takes 5 seconds if the verifier %s", async (_, send) => {
  const { reporter, counts, errors } = reporterOf(send);
  reporter.start();
  // A report is under way when it closes.
  await vi.advanceTimersByTimeAsync(1_000);
  let isClosed = false;
  const closed = reporter.close().then(() => {
    isClosed = true;
  });
  await vi.advanceTimersByTimeAsync(4_900);
  expect(isClosed).toBe(false);
  await vi.advanceTimersByTimeAsync(300);
  expect([isClosed, counts.settled]).toEqual([true, 0]);
  expect(errors.length).toBeGreaterThan(0);
  await closed;
});

test("closing with nothing to report waits a second at most for a verifier that does not answer anymore", async () => {
  let hangs = false;
  const send = async ({ signal }: { signal: AbortSignal }) => {
    if (hangs)
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const { reporter, counts } = reporterOf(send, { isOnce: true });
  reporter.start();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(counts.settled).toBe(1);
  hangs = true;
  // A report of only the state is under way.
  await vi.advanceTimersByTimeAsync(3_000);
  let isClosed = false;
  const closed = reporter.close().then(() => {
    isClosed = true;
  });
  await vi.advanceTimersByTimeAsync(900);
  expect(isClosed).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(isClosed).toBe(true);
  await closed;
});

test("closing sends nothing if there is nothing to report and no verifier lists the service", async () => {
  const { reporter, counts } = reporterOf(async () => {}, { isOnce: true });
  counts.settled = 1;
  await reporter.close();
  expect(counts.sent).toBe(0);
});
