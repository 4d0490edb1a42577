"use client";

/** When even the layout fails. It stands alone: no stylesheet, no font, no script of ours is certain here. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Latchkey failed to answer</h1>
          <p>Something went wrong inside the portal. Nothing was changed. Load the page again in a moment.</p>
          {error.digest ? <p>Quote {error.digest} when you report it.</p> : null}
        </main>
      </body>
    </html>
  );
}
