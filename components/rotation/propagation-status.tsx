"use client";

import { useEffect, useState } from "react";
import type { Propagation } from "#domain/keys/propagation/schema.ts";
import { readJson } from "../ui/read-json.ts";
import { type PropagationState, propagationText } from "./text.ts";

const POLL_MS = 100;
const TIMEOUT_MS = 15_000;

/** How many verifiers reject what has just ended, kept up to date. Mount it when the change was answered. */
export function PropagationStatus({ projectId, what }: { projectId: string; what: string }) {
  const [state, setState] = useState<PropagationState>({ propagation: null, tookMs: 0, finished: false });
  useEffect(() => {
    const unmounted = new AbortController();
    poll(projectId, setState, unmounted.signal);
    return () => unmounted.abort();
  }, [projectId]);
  return (
    <p role="status" className="font-medium text-ink">
      {propagationText(what, state)}
    </p>
  );
}

/** Polls until every verifier has applied the change, or the timeout has passed. */
async function poll(
  projectId: string,
  onState: (state: PropagationState) => void,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  let propagation = await fetchPropagation(projectId, undefined, signal);
  while (!signal.aborted) {
    const tookMs = performance.now() - startedAt;
    const complete = propagation !== null && propagation.reached >= propagation.verifiers;
    const finished = complete || tookMs > TIMEOUT_MS;
    onState({ propagation, tookMs, finished });
    if (finished) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    propagation = (await fetchPropagation(projectId, propagation?.seq, signal)) ?? propagation;
  }
}

/** Null if the portal does not answer; the next request may succeed. */
async function fetchPropagation(
  projectId: string,
  seq: number | undefined,
  signal: AbortSignal,
): Promise<Propagation | null> {
  const search = seq === undefined ? "" : `?seq=${seq}`;
  return readJson<Propagation>(`/projects/${projectId}/propagation${search}`, signal).catch(() => null);
}
