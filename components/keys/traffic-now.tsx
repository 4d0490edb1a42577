"use client";

import { useEffect, useState } from "react";
import type { Key } from "#domain/keys/types.ts";
import type { Networks, RecentTraffic } from "#domain/usage/types.ts";
import { formatNumber } from "../ui/format.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { KeyActions } from "./actions.ts";

interface TrafficNowProps {
  subject: Pick<Key, "id" | "projectId">;
  ask: KeyActions["recentTraffic"];
}

/** "412 checks in the last hour used this key, from 3 networks." */
export function TrafficNow({ subject, ask }: TrafficNowProps) {
  const [traffic, setTraffic] = useState<RecentTraffic | "unknown" | null>(null);
  const { id: keyId, projectId } = subject;
  useEffect(() => {
    let wanted = true;
    ask({ projectId, keyId })
      .then((result) => wanted && setTraffic(result.ok ? result.value : "unknown"))
      .catch(() => wanted && setTraffic("unknown"));
    return () => {
      wanted = false;
    };
  }, [ask, projectId, keyId]);
  if (traffic === null) return <Skeleton className="h-[22px] w-72 max-w-full" />;
  return <p className="font-medium text-ink">{trafficWords(traffic)}</p>;
}

function trafficWords(traffic: RecentTraffic | "unknown") {
  if (traffic === "unknown") return "How much it was used just now could not be read.";
  const { lastHour, lastDay, lastUsedAt } = traffic;
  const checks = (count: number) => `${formatNumber(count)} check${count === 1 ? "" : "s"}`;
  if (lastHour.valid > 0) {
    return `${checks(lastHour.valid)} in the last hour used this key${fromWords(lastHour.from)}; ${formatNumber(lastDay.valid)} in the last day.`;
  }
  if (lastDay.valid > 0)
    return `${checks(lastDay.valid)} in the last day used this key${fromWords(lastDay.from)}; none in the last hour.`;
  if (lastUsedAt === null) return "This key was never used.";
  return (
    <>
      Nothing used this key in the last day. It was last used <RelativeTime at={lastUsedAt} />.
    </>
  );
}

/** Nothing where no service said where its callers are. */
function fromWords({ count, orMore }: Networks): string {
  if (count === 0) return "";
  return `, from ${orMore ? "more than " : ""}${formatNumber(count)} network${count === 1 ? "" : "s"}`;
}
