import autocannon from "autocannon";
import type { LoadOptions, LoadResult } from "./lib/load.ts";

/** The load generator's process: gets its options as a message, answers with the figures. */
process.once("message", (options: LoadOptions) => {
  run(options).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run({ url, headers, bodies, connections, seconds, amount }: LoadOptions): Promise<LoadResult> {
  let client = 0;
  const result = await autocannon({
    url,
    connections,
    ...(amount === undefined ? { duration: seconds ?? 5 } : { amount }),
    headers,
    setupClient(each) {
      // Every connection has a share of the bodies, so that together they send them all; few are for everyone.
      const share =
        bodies.length < connections ? bodies : bodies.filter((_, i) => i % connections === client);
      client++;
      if (share.length > 0) each.setRequests(share.map((body) => ({ method: "POST", body, headers })));
    },
  });
  return {
    perSecond: result.requests.total / result.duration,
    total: result.requests.total,
    failed: result.non2xx + result.errors,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
