import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { ExampleRequest } from "#domain/catalog/reference/sample.ts";
import { LANGUAGES, sampleCode } from "./samples.ts";

const sample = (more: Partial<ExampleRequest> = {}): ExampleRequest => ({
  method: "POST",
  url: "https://api.example.com/badges?full=1",
  key: { in: "header", name: "X-Api-Key", prefix: "" },
  headers: [["X-Trace", "a b"]],
  body: { mediaType: "application/json", text: '{"name": "Ada", "tags": [null, true]}' },
  ...more,
});

/** Texts that break out of a literal, if a generator does not escape them. */
const HOSTILE = [
  "'; touch /tmp/owned; '",
  '"; import os; "',
  `$(id) \`id\` \${process.exit(1)}`,
  "\\",
  "\\'\\\"",
  "line\nbreak\r\ttab",
  "`raw`",
  "\u2028\u2029\u007f",
  "é 😀 ﷽",
  "%s {0} {{x}}",
];

describe("the code of an example", () => {
  test.each(LANGUAGES.map(({ id }) => id))("in %s has the URL, the key's place and the body", (language) => {
    const code = sampleCode(sample(), language);
    for (const part of ["https://api.example.com/badges?full=1", "X-Api-Key", "API_KEY", "X-Trace", "Ada"]) {
      expect(code).toContain(part);
    }
    const inUrl = sampleCode(sample({ key: { in: "query", name: "key", prefix: "" } }), language);
    expect(inUrl).toContain("full=1&key=");
    expect(inUrl).toContain("API_KEY");
  });

  test("python's None and True stand for null and true", () => {
    const code = sampleCode(sample(), "python");
    expect(code).toContain("None");
    expect(code).toContain("True");
  });

  test.each(HOSTILE)("in a shell gives curl exactly the text %j", (text) => {
    const code = sampleCode(
      sample({
        url: `https://api.example.com/?q=${text}`,
        headers: [["X-Odd", text.replaceAll(/[\r\n]/g, " ")]],
        body: { mediaType: "text/plain", text },
      }),
      "curl",
    );
    const script = `curl() { printf '%s\\0' "$@"; }\n${code}`;
    const args = execFileSync("sh", ["-c", script], {
      encoding: "utf8",
      env: { ...process.env, API_KEY: "se'cret $x" },
    }).split("\0");
    expect(args).toContain(`https://api.example.com/?q=${text}`);
    expect(args).toContain(text);
    expect(args).toContain("X-Api-Key: se'cret $x");
  });

  test.each(HOSTILE)("in TypeScript and JSON literals keeps the text %j", (text) => {
    const code = sampleCode(
      sample({ body: { mediaType: "text/plain", text }, headers: [["X-Odd", text]] }),
      "typescript",
    );
    // Runs the example with a `fetch` that returns what it was given.
    const run = new Function("fetch", "process", "console", `return (async () => { ${code} })();`) as (
      ...args: unknown[]
    ) => Promise<void>;
    let got: { headers: Record<string, string>; body: string } | undefined;
    const fetchIt = async (_: string, init: typeof got) => {
      got = init;
      return { ok: true, text: async () => "" };
    };
    return run(fetchIt, { env: { API_KEY: "k" } }, { log: () => {} }).then(() => {
      expect(got).toMatchObject({ body: text, headers: { "X-Odd": text, "X-Api-Key": "k" } });
    });
  });
});
