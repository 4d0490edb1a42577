"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useSyncExternalStore } from "react";

interface Toast {
  id: number;
  message: string;
  description: ReactNode;
}

const SHOWN_MS = 7_000;
const AT_MOST = 4;
const NONE: Toast[] = [];
const listeners = new Set<() => void>();
let toasts = NONE;
let made = 0;

function show(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what happened elsewhere than where one looks; what happened in place is said there instead. */
export function toast(message: string, description?: ReactNode): void {
  made += 1;
  show([...toasts, { id: made, message, description }].slice(-AT_MOST));
}

const dismiss = (id: number) => show(toasts.filter((each) => each.id !== id));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear. A library's would bring a style element, which the page's policy refuses. */
export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => NONE,
  );
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 grid justify-items-end gap-2 sm:left-auto sm:w-90"
    >
      {shown.map((each) => (
        <Notice key={each.id} toast={each} />
      ))}
    </section>
  );
}

function Notice({ toast: { id, message, description } }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className="popup pointer-events-auto flex w-full items-start gap-2 py-2.5 pr-2 pl-3 text-sm">
      <div className="min-w-0 flex-1">
        <p className="break-words">{message}</p>
        {description ? <div className="break-words text-muted">{description}</div> : null}
      </div>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => dismiss(id)}
        className="focus-inset grid size-6 shrink-0 place-content-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
