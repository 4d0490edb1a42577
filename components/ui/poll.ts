/** A first failure is often a restart of the portal or a lost connection: the second one in a row counts. */
const RETRY_MS = 1_000;

interface Poll<Data> {
  read: (signal: AbortSignal) => Promise<Data>;
  /** The time before the first reading, in ms; 0 reads at once. */
  firstInMs: number;
  everyMs: number;
  onData: (data: Data) => void;
  /** Called after two failures in a row, and after each further one. */
  onFailing: () => void;
}

/**
 * Reads now and again while the page is visible and online. What fell due meanwhile is read when the page is visible
 * again. Returns how to stop.
 */
export function startPolling<Data>({ read, firstInMs, everyMs, onData, onFailing }: Poll<Data>): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = 0;
  let isReading = false;
  let failures = 0;

  const readIn = (ms: number) => {
    dueAt = performance.now() + ms;
    clearTimeout(timer);
    timer = setTimeout(readNow, ms);
  };
  const readNow = async () => {
    if (isReading || document.visibilityState === "hidden" || !navigator.onLine) return;
    isReading = true;
    const data = await read(signal).then(
      (value) => ({ value }),
      () => null,
    );
    isReading = false;
    if (signal.aborted) return;
    failures = data === null ? failures + 1 : 0;
    if (data !== null) onData(data.value);
    else if (failures > 1) onFailing();
    // Stopped by what it has read.
    if (!signal.aborted) readIn(failures === 1 ? RETRY_MS : everyMs);
  };
  const resume = () => {
    if (performance.now() >= dueAt) void readNow();
  };

  document.addEventListener("visibilitychange", resume, { signal });
  window.addEventListener("online", resume, { signal });
  readIn(firstInMs);
  return () => {
    stopped.abort();
    clearTimeout(timer);
  };
}
