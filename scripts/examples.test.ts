import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test, vi } from "vitest";

const PAGE = readFileSync("docs/integrate/verify-keys.md", "utf8");
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

test("the Node example in the docs sends a valid request, returns the verdict and throws if there is none", async () => {
  const requests: { authorization?: string; body: Record<string, unknown> }[] = [];
  const answers = [
    [200, { valid: true, code: "VALID" }],
    [503, { title: "Service Unavailable" }],
  ] as const;
  const server = createServer(async (req, res) => {
    const chunks = await req.toArray();
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const [status, answer] = answers[requests.length] ?? answers[0];
    requests.push({ authorization: req.headers.authorization, body });
    res.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUps.push(() => server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  vi.stubEnv("LATCHKEY_VERIFY_URL", `http://127.0.0.1:${port}/api/v1/keys/verify`);
  vi.stubEnv("LATCHKEY_TOKEN", "a token");
  cleanUps.push(() => vi.unstubAllEnvs());

  const { verdictOn } = await import(pathToFileURL(fileOf("js")).href);
  const check = { key: "a key", operation: "badges.sync", clientIp: "198.51.100.7" };
  expect(await verdictOn(check)).toEqual({ valid: true, code: "VALID" });
  expect(requests[0]).toEqual({
    authorization: "Bearer a token",
    body: { api: "badges", ...check },
  });
  await expect(verdictOn(check)).rejects.toThrow("no verdict: 503");
});

/** Writes the page's code block in `language` to a file. */
function fileOf(language: string): string {
  const code = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(PAGE)?.[1];
  if (code === undefined) throw new Error(`the page has no example in ${language}`);
  const folder = mkdtempSync(join(tmpdir(), "latchkey-example-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "example.mjs");
  writeFileSync(path, code);
  return path;
}
