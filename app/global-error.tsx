"use client";

import { errorIdText } from "#components/ui/error-id.ts";
import { pageText } from "#components/ui/page-text.ts";

/** Shown when even the layout fails. It uses no stylesheet or font, since neither may have loaded. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>{pageText.portalFailed.title}</h1>
          <p>{pageText.portalFailed.body}</p>
          {error.digest ? <p>{errorIdText(error.digest)}</p> : null}
        </main>
      </body>
    </html>
  );
}
