"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { startPolling } from "../ui/poll.ts";
import { readJson } from "../ui/read-json.ts";
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
    const stop = startPolling({
      read: (signal) => readJson<Sweep>(`${UNUSED_BASE}/sweeps/${id}/state`, signal),
      firstInMs: EVERY_MS,
      everyMs: EVERY_MS,
      onData: (now) => {
        setSweep(now);
        if (now.state === state) return;
        stop();
        router.refresh();
      },
      // The last numbers stay until it succeeds again.
      onFailing: () => {},
    });
    return stop;
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
