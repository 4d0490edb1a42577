import type { FeedPlace } from "../feed/change-feed.ts";
import type { Peers } from "../limits/peers.ts";
import type { AggregationCycle } from "./aggregation-cycle.ts";
import type { Maintenance } from "./maintenance.ts";

/**
 * To be called before anything is answered. Whoever loses counters has to wait for what this process has not
 * counted yet, and so must hear of it first. And mostly nothing was left to be counted: then that is a round, and
 * keys with limits need not wait for the first real one.
 */
export async function initialCycle(
  upkeep: Maintenance,
  place: FeedPlace,
  { rounds, peers }: { rounds: AggregationCycle; peers: Peers },
): Promise<void> {
  try {
    await upkeep.beat(place);
    if (await upkeep.hasWork()) return;
    rounds.begin();
    await peers.refresh();
    rounds.end();
  } catch {
    // The database or the disk is away: the next round tries again, and says so.
  }
}
