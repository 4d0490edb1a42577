"use client";

import { useSyncExternalStore } from "react";
import { formatDate, formatRelativeTime } from "./format-time.ts";

const TICK_MS = 20_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times of a page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Rounded to whole ticks, so that all reads in one rendering return the same time. */
function currentTick(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS;
}

/** Epoch ms, moving in steps of 20 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, currentTick, currentTick);
}

const never = () => () => undefined;

/** The reader's time zone; UTC in the server's rendering, which can't know it. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}

interface TimeProps {
  /** ISO 8601 or epoch ms. */
  at: string | number;
  className?: string;
}

/** What shows the exact times of its row when it is focused, because it has no tooltip. */
export const SHOWS_TIMES = ":is(a[href], button, input):not([data-tip])";

/** A time becomes a tab stop only where nothing else can show it: the rows of a table would add hundreds of stops. */
function makeTabStop(element: HTMLElement | null): void {
  if (element && !element.closest(`:is(tr, li):has(${SHOWS_TIMES}), a[href], button`)) element.tabIndex = 0;
}

/** "3 hours ago", kept up to date, with the exact moment on hover and on focus of it or of its row. */
export function RelativeTime({ at, className }: TimeProps) {
  const date = new Date(at);
  return (
    <time
      ref={makeTabStop}
      dateTime={date.toISOString()}
      data-tip-time=""
      // The server's minute and the browser's may differ; the next tick agrees.
      suppressHydrationWarning
      className={className ?? "whitespace-nowrap"}
    >
      {formatRelativeTime(date.getTime(), useNow())}
    </time>
  );
}

/** "Nov 23, 2026" in the reader's zone, with the exact moment and its zone on hover and on focus, as above. */
export function DateTime({ at, className }: TimeProps) {
  const date = new Date(at);
  return (
    <time
      ref={makeTabStop}
      dateTime={date.toISOString()}
      data-tip-time=""
      className={className ?? "whitespace-nowrap"}
    >
      {formatDate(date.getTime(), useTimeZone())}
    </time>
  );
}
