import { useEffect, useState } from "react";
import type { FirstCall } from "#domain/catalog/reference/first-call.ts";

/** The first calls of the APIs that a key may call. Empty until they are loaded, and if loading fails. */
export function useFirstCalls(projectId: string, keyId: string): readonly FirstCall[] {
  const [calls, setCalls] = useState<readonly FirstCall[]>([]);
  useEffect(() => {
    const aborted = new AbortController();
    const href = `/projects/${projectId}/keys/first-calls?keyId=${keyId}`;
    fetch(href, { signal: aborted.signal, headers: { Accept: "application/json" } })
      .then(async (response) => response.ok && setCalls(await response.json()))
      .catch(() => {});
    return () => aborted.abort();
  }, [projectId, keyId]);
  return calls;
}
