import type { ReactNode } from "react";

interface ToastMessage {
  title: string;
  description: ReactNode;
}

const queue: ToastMessage[] = [];
let listener: ((message: ToastMessage) => void) | null = null;

/** Shows a message in the corner of the page, for results that the page itself does not show. */
export function toast(title: string, description?: ReactNode): void {
  const message = { title, description };
  if (listener) listener(message);
  else queue.push(message);
}

/** Receives every toast, including earlier ones that nothing has shown yet. Returns how to stop. */
export function subscribeToToasts(show: (message: ToastMessage) => void): () => void {
  listener = show;
  for (const message of queue.splice(0)) show(message);
  return () => {
    listener = null;
  };
}
