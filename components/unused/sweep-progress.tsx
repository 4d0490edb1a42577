"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { progressOf } from "./sweep-state.ts";
import { sweepText } from "./sweep-text.ts";
import { UNUSED_BASE } from "./unused-state.ts";

const EVERY_MS = 500;

/** The progress of a bulk revocation. Refreshes the page when it is done. */
export function SweepProgress({ initial }: { initial: Sweep }) {
  const router = useRouter();
  const [sweep, setSweep] = useState(initial);
  const { id, state } = initial;
  useEffect(() => {
    const polling = setInterval(async () => {
      const now = await readSweep(id);
      if (now === null) return;
      setSweep(now);
      if (now.state !== state) {
        clearInterval(polling);
        router.refresh();
      }
    }, EVERY_MS);
    return () => clearInterval(polling);
  }, [id, state, router]);
  const { done, of } = progressOf(sweep);
  const text = sweepText.progress;
  return (
    <div className="grid gap-2">
      <progress
        className="progress"
        max={of}
        value={done}
        aria-label={state === "running" ? text.label.running : text.label.undoing}
      />
      <p role="status" className="tabular-nums">
        {text.done(done, of)}
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
