"use client";

import { useEffect, useRef } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { TrySession } from "#domain/keys/try-it/schema.ts";

/** Starts a session when it is first needed, and ends it when the reader leaves the page or chooses another key. */
export function useTrySession(
  start: (input: { projectId: string; keyId: string }) => Promise<ActionResult<TrySession>>,
) {
  const current = useRef<(TrySession & { projectId: string }) | null>(null);

  useEffect(() => {
    const end = () => {
      if (current.current) endSession(current.current);
      current.current = null;
    };
    // Also when a phone puts the page away: it may never come back.
    window.addEventListener("pagehide", end);
    return () => {
      window.removeEventListener("pagehide", end);
      end();
    };
  }, []);

  const sessionFor = async (key: { id: string; projectId: string }): Promise<ActionResult<TrySession>> => {
    const open = current.current;
    if (open && open.keyId === key.id && Date.parse(open.endsAt) > Date.now() + 60_000) {
      return { ok: true, value: open };
    }
    if (open) endSession(open);
    current.current = null;
    const result = await start({ projectId: key.projectId, keyId: key.id });
    if (result.ok) current.current = { ...result.value, projectId: key.projectId };
    return result;
  };
  return sessionFor;
}

function endSession({ projectId, keyId, secretId }: TrySession & { projectId: string }): void {
  // `keepalive`: the request outlives the page.
  fetch(`/projects/${projectId}/try/end`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ keyId, secretId }),
    keepalive: true,
  }).catch(() => {
    // The secret expires within an hour.
  });
}
