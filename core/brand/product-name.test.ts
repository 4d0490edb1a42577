import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The files that name the software in a text, and why. */
const ALLOWED = {
  "core/brand/brand.ts": "its name, until a company gives one",
  "domain/context.ts": "how rows of earlier versions name the system actor, which is never shown",
  "server/outgoing/send.ts": "what receivers read in their logs",
  "components/integration/packages.ts": "whose checkout the SDKs are installed from",
  "server/leaks/github-keys.ts": "what GitHub reads in its logs",
  "db/pending-migrations.ts": "for operators, on the command line",
};

test("no text of pages, mails and messages names the software where people expect their company", () => {
  const files = globSync("{app,components,core,db,domain,server}/**/*.{ts,tsx}").filter(
    (path) => !/\.test\.tsx?$/.test(path),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((path) => /Latchkey/.test(textsOf(path)))).toEqual(
    expect.arrayContaining(Object.keys(ALLOWED)),
  );
  expect(files.filter((path) => /Latchkey/.test(textsOf(path)) && !Object.hasOwn(ALLOWED, path))).toEqual([]);
});

/** The source without comments and without names of HTTP headers, which services read. */
function textsOf(path: string): string {
  return readFileSync(path, "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/(?<![:"'`])\/\/.*/g, "")
    .replaceAll(/X-Latchkey-/g, "");
}
