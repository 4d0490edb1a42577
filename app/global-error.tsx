"use client";

import { errorIdText } from "#components/ui/error-id.ts";

const text = {
  title: "The portal failed to answer",
  body: "An error occurred in the portal. Reload the page in a moment, and check whether your last change was saved.",
};

/** Shown when even the layout fails. It uses no stylesheet or font, since neither may have loaded. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>{text.title}</h1>
          <p>{text.body}</p>
          {error.digest ? <p>{errorIdText(error.digest)}</p> : null}
        </main>
      </body>
    </html>
  );
}
