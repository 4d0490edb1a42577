import { useEffect, useEffectEvent, useState } from "react";
import { startPolling } from "./poll.ts";
import { readJson } from "./read-json.ts";

interface ServerData<Data> {
  /** The address of the data as JSON. */
  href: string;
  /** What the server has read while rendering the page, and its address. */
  initial: { href: string; data: Data };
  /** How often it is read again while the page is visible, in ms; null never, for data that doesn't change. */
  everyMs: number | null;
  /** Takes the data out of the answer, if it is only a part of it. */
  select?: (answer: unknown) => Data;
}

/** When data that doesn't change could not be read, how long until the next attempt. */
const FAILED_MS = 5_000;

/**
 * Data that the server has rendered, kept up to date. After a change of address, the data of the previous one stays
 * until the new one has arrived (`isStale`); the last data also stays while the portal does not respond (`isFailing`).
 * TanStack Query can do more, but adds 8 kB (gzip) to pages that have a budget of 160.
 */
export function useServerData<Data>({ href, initial, everyMs, select }: ServerData<Data>) {
  const [rendered, setRendered] = useState(initial.data);
  const [shown, setShown] = useState({ ...initial, isFailing: false });
  // The server has rendered the page again, such as after an action.
  if (rendered !== initial.data) {
    setRendered(initial.data);
    if (initial.href === href) setShown({ ...initial, isFailing: false });
  }
  const isStale = shown.href !== href;
  const start = useEffectEvent(() => {
    if (everyMs === null && !isStale) return;
    const stop = startPolling({
      read: (signal) => readJson<unknown>(href, signal),
      firstInMs: isStale || everyMs === null ? 0 : everyMs,
      everyMs: everyMs ?? FAILED_MS,
      onData: (answer) => {
        setShown({ href, data: select ? select(answer) : (answer as Data), isFailing: false });
        if (everyMs === null) stop();
      },
      onFailing: () => setShown((last) => ({ ...last, isFailing: true })),
    });
    return stop;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address or rate starts again
  useEffect(() => start(), [href, everyMs]);
  return { data: shown.data, isFailing: shown.isFailing, isStale };
}
