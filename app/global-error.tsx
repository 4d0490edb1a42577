"use client";

import { uiText } from "#components/ui/text.ts";

/** Shown when even the layout fails. It uses no stylesheet or font, since neither may have loaded. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>{uiText.portalFailed.title}</h1>
          <p>{uiText.portalFailed.body}</p>
          {error.digest ? <p>{uiText.quote(error.digest)}</p> : null}
        </main>
      </body>
    </html>
  );
}
