"use client";

import { errorIdText } from "#components/ui/error-id.ts";

const text = {
  title: "The portal failed to answer",
  body: "An error occurred in the portal. Try again in a moment, and check whether your last change was saved.",
  retry: "Try again",
};

/**
 * Shown when even a layout fails while a link is followed; the server answers otherwise (`replaceFailure`). Its styles are
 * attributes, and the colors and the button the browser's, because the stylesheet may not have loaded, and nothing sets
 * its theme. Every page loads this; Next would not compress it if it had less than 1 kB.
 */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" style={{ colorScheme: "light dark", font: "16px/1.5 system-ui, sans-serif" }}>
      <body style={{ margin: 0, color: "CanvasText", background: "Canvas" }}>
        <title>{text.title}</title>
        <main style={{ maxWidth: "30rem", margin: "20vh auto", padding: "0 1rem" }}>
          <h1 style={{ fontSize: "1.25rem", fontWeight: 600, margin: "0 0 1rem" }}>{text.title}</h1>
          <p>{text.body}</p>
          <p style={{ margin: "1rem 0" }}>
            <button
              type="button"
              style={{ all: "revert", font: "inherit" }}
              onClick={() => location.reload()}
            >
              {text.retry}
            </button>
          </p>
          {error.digest ? <small>{errorIdText(error.digest)}</small> : null}
        </main>
      </body>
    </html>
  );
}
