import type { FeedPosition } from "../feed/change-feed.ts";
import type { Peers } from "../limits/peers.ts";
import type { AggregationCycle } from "./aggregation-cycle.ts";
import type { Maintenance } from "./maintenance.ts";

/**
 * Announces this verifier to the others. Call it before the first check: a verifier that restores lost limit counters
 * has to wait until this process has stored its usage. If there is nothing to store, which is the usual case, this
 * counts as a cycle, so that keys with limits need not wait for the first regular one.
 */
export async function initialCycle(
  maintenance: Maintenance,
  position: FeedPosition,
  { cycles, peers }: { cycles: AggregationCycle; peers: Peers },
): Promise<void> {
  try {
    await maintenance.sendHeartbeat(position);
    if (await maintenance.hasWork()) return;
    cycles.begin();
    await peers.refresh();
    cycles.end();
  } catch {
    // The database or the disk is unavailable. The next cycle tries again and reports it.
  }
}
