import type { ReactNode } from "react";

export interface ToastMessage {
  title: string;
  description?: ReactNode;
  action?: ToastAction;
}

/**
 * A button in the message, such as "Undo". The message closes when it is pressed. One that leads to a page (`href`) is
 * for the page on which it appeared: on a phone, it would cover the top of the next one.
 */
type ToastAction = { label: string } & ({ run: () => void } | { href: string });

const queue: ToastMessage[] = [];
let listener: ((message: ToastMessage) => void) | null = null;
let onQueued: (() => void) | null = null;

/** Shows a message in the corner of the page, for results that the page itself does not show. */
export function toast(title: string, description?: ReactNode, action?: ToastMessage["action"]): void {
  const message: ToastMessage = { title, description, ...(action && { action }) };
  if (listener) {
    listener(message);
    return;
  }
  queue.push(message);
  onQueued?.();
}

/** Calls `load` when a message waits that nothing shows yet. Returns how to stop. */
export function onQueuedToast(load: () => void): () => void {
  onQueued = load;
  if (queue.length > 0) load();
  return () => {
    onQueued = null;
  };
}

/** Receives every toast, including earlier ones that nothing has shown yet. Returns how to stop. */
export function subscribeToToasts(show: (message: ToastMessage) => void): () => void {
  listener = show;
  for (const message of queue.splice(0)) show(message);
  return () => {
    listener = null;
  };
}
