"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/types.ts";
import { formatNumber } from "../ui/format.ts";
import { progressOf } from "./sweep-words.ts";
import { UNUSED_BASE } from "./unused-state.ts";

const EVERY_MS = 500;

/** The progress of a bulk revocation. Refreshes the page when it is done. */
export function SweepProgress({ initial }: { initial: Sweep }) {
  const router = useRouter();
  const [sweep, setSweep] = useState(initial);
  const { id, state } = initial;
  useEffect(() => {
    const asking = setInterval(async () => {
      const now = await readSweep(id);
      if (now === null) return;
      setSweep(now);
      if (now.state !== state) {
        clearInterval(asking);
        router.refresh();
      }
    }, EVERY_MS);
    return () => clearInterval(asking);
  }, [id, state, router]);
  const { done, of } = progressOf(sweep);
  const verb = state === "running" ? "revoked" : "restored";
  return (
    <div className="grid gap-2">
      <progress className="progress" max={of} value={done} aria-label={`Keys ${verb}`} />
      <p role="status" className="tabular-nums">
        {formatNumber(done)} of {formatNumber(of)}. It continues if you leave this page.
      </p>
    </div>
  );
}

/** Null if the portal does not answer; the next poll may succeed. */
async function readSweep(id: string): Promise<Sweep | null> {
  try {
    const response = await fetch(`${UNUSED_BASE}/sweeps/${id}/state`);
    return response.ok ? ((await response.json()) as Sweep) : null;
  } catch {
    return null;
  }
}
