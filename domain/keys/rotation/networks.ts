import { networkOf, USUAL_NETWORK } from "#core/network.ts";
import type { ObservationKind } from "#core/observations.ts";

interface Seen {
  kind: ObservationKind;
  value: string;
  count: number;
  /** Epoch ms. */
  lastSeenAt: number;
}

/** Groups IP addresses by network; a single address stays an address. Most recently seen first. */
export function byNetwork(seen: Seen[]): (Seen & { values: number })[] {
  const groups = Map.groupBy(seen, ({ kind, value }) => {
    return `${kind} ${kind === "address" ? networkOf(value, USUAL_NETWORK) : value}`;
  });
  return [...groups.values()].flatMap((group) => {
    const [latest] = group;
    if (latest === undefined) return [];
    const value = group.length === 1 ? latest.value : networkOf(latest.value, USUAL_NETWORK);
    const count = group.reduce((sum, one) => sum + one.count, 0);
    return { ...latest, value, count, values: group.length };
  });
}
