"use client";

import { useEffect, useState } from "react";
import type { Propagation } from "#domain/keys/propagation/read.ts";
import { type ReachState, reachWords } from "./reach-words.ts";

const EVERY_MS = 100;
const LONGEST_MS = 15_000;

/** How far what was just refused has come: shown as it goes. Mount it when the change was answered. */
export function ReachLine({ projectId, what }: { projectId: string; what: string }) {
  const [state, setState] = useState<ReachState>({ reach: null, tookMs: 0, over: false });
  useEffect(() => {
    const leaving = new AbortController();
    watch(projectId, setState, leaving.signal);
    return () => leaving.abort();
  }, [projectId]);
  return (
    <p role="status" className="font-medium text-ink">
      {reachWords(what, state)}
    </p>
  );
}

/** Asks until every verifier knows, or it is no use to ask on. */
async function watch(
  projectId: string,
  tell: (state: ReachState) => void,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  let reach = await ask(projectId, undefined, signal);
  while (!signal.aborted) {
    const tookMs = performance.now() - startedAt;
    const known = reach !== null && reach.reached >= reach.verifiers;
    const over = known || tookMs > LONGEST_MS;
    tell({ reach, tookMs, over });
    if (over) return;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    const { seq } = reach ?? {};
    reach = (await ask(projectId, seq, signal)) ?? reach;
  }
}

async function ask(
  projectId: string,
  seq: number | undefined,
  signal: AbortSignal,
): Promise<Propagation | null> {
  const search = seq === undefined ? "" : `?seq=${seq}`;
  try {
    const response = await fetch(`/projects/${projectId}/reach${search}`, { signal });
    return response.ok ? ((await response.json()) as Propagation) : null;
  } catch {
    return null;
  }
}
