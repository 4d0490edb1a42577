"use client";

import { useEffect, useState } from "react";
import type { Key } from "#domain/keys/schema.ts";
import type { RecentTraffic } from "#domain/usage/schema.ts";
import { ReservedLines, SkeletonLine } from "../ui/reserved-lines.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { KeyActions } from "./actions.ts";
import { keysText, recentTrafficText } from "./text.ts";

const text = keysText.deactivate;

interface RecentTrafficProps {
  subject: Pick<Key, "id" | "projectId">;
  load: KeyActions["recentTraffic"];
}

/** How much a key was used recently: read before the key or a secret ends. */
export function RecentTrafficText({ subject, load }: RecentTrafficProps) {
  const [traffic, setTraffic] = useState<RecentTraffic | "unknown" | null>(null);
  const { id: keyId, projectId } = subject;
  useEffect(() => {
    let isMounted = true;
    load({ projectId, keyId })
      .then((result) => isMounted && setTraffic(result.ok ? result.value : "unknown"))
      .catch(() => isMounted && setTraffic("unknown"));
    return () => {
      isMounted = false;
    };
  }, [load, projectId, keyId]);
  return (
    <ReservedLines>
      {traffic === null ? <SkeletonLine /> : <p className="font-medium text-ink">{contentOf(traffic)}</p>}
    </ReservedLines>
  );
}

function contentOf(traffic: RecentTraffic | "unknown") {
  if (traffic === "unknown") return text.trafficUnknown;
  const recent = recentTrafficText(traffic);
  if (recent !== null) return recent;
  if (traffic.lastUsedAt === null) return text.neverUsed;
  return (
    <>
      {text.unusedSince} <RelativeTime at={traffic.lastUsedAt} />.
    </>
  );
}
