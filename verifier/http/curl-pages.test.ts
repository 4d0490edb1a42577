import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#core/time.ts";
import { updateApiSchema } from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { makeKey } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

/* The commands of the pages that use plain HTTP, as they are written there. */

let verifier: TestVerifier;
beforeEach(async () => {
  verifier = await startTestVerifier();
});
afterEach(() => verifier.stop());

type Json = Record<string, unknown>;

/** The blocks of a page in this language, in order. */
function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(`docs/integrate/${page}.md`, "utf8");
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(
    ([, block = ""]) => block,
  );
}

/** Runs commands, and returns the answer to each `curl`. */
async function answersOf(commands: string, env: Record<string, string> = {}): Promise<Json[]> {
  const script = `curl() { command curl -sS "$@" </dev/null && echo; }\n${commands}`;
  const { stdout } = await promisify(execFile)("sh", ["-euc", script], { env: { ...process.env, ...env } });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** The fields of an example. Those named "…" stand for others. */
const fieldsOf = (example: string | undefined) =>
  Object.keys(JSON.parse(example ?? "{}")).filter((name) => name !== "…");

test("the request of the page about verification gives the answers of the page", async () => {
  const { ctx, projectId, clock, token, url } = verifier;
  const [environment = "", request = ""] = blocksOf("verify-keys", "sh");
  const [valid, denied] = blocksOf("verify-keys", "json");
  const expiresAt = new Date(clock.now() + MINUTE_MS).toISOString();
  const fields = { externalId: "cus_7", tags: ["eu"], expiresAt };
  const { secret } = await makeKey(ctx, projectId, fields);
  const limited = await makeKey(ctx, projectId, { limits: { quota: { limit: 1, period: "day" } } });
  const verify = async (key: string) => {
    const commands = `${environment}${request}`
      .replace("lk_svc_…", token)
      .replace("http://localhost:3001", url)
      .replace("lk_live_…", key);
    return (await answersOf(commands))[0];
  };

  const first = await verify(secret);
  expect(first).toMatchObject({ valid: true, code: "VALID", operation: "badges.sync", ...fields, expiresAt });
  expect(Object.keys(first ?? {})).toEqual(expect.arrayContaining(fieldsOf(valid)));
  clock.advance(2 * MINUTE_MS);
  const expired = await verify(secret);
  expect(expired).toMatchObject({ valid: false, code: "KEY_EXPIRED", observed: { expiresAt } });
  expect(Object.keys(expired ?? {})).toEqual(expect.arrayContaining(fieldsOf(denied)));

  await expect.poll(() => verify(limited.secret)).toMatchObject({ code: "VALID", quota: { remaining: 0 } });
  expect(await verify(limited.secret)).toMatchObject({
    code: "QUOTA_EXCEEDED",
    retryAfterMs: expect.any(Number),
    quota: { limit: 1 },
  });
});

test("the commands of the page about access tokens issue, list, describe and revoke them", async () => {
  const { ctx, projectId, token, url } = verifier;
  const scopes = [{ name: "badges:read" }, { name: "badges:write" }];
  await updateApi({ ctx, input: updateApiSchema.parse({ slug: "badges", scopes }) });
  const { key, secret } = await makeKey(ctx, projectId);
  const [issue = "", list = "", one = ""] = blocksOf("access-tokens", "sh");
  const env = { LATCHKEY_URL: url, KEY: secret, KEY_ID: key.id, LATCHKEY_TOKEN: token };

  const [exchanged, byClient] = await answersOf(issue, env);
  expect(Object.keys(exchanged ?? {}).sort()).toEqual(fieldsOf(blocksOf("access-tokens", "json")[0]).sort());
  expect(byClient).toMatchObject({ token_type: "Bearer", scope: "badges:read badges:write" });

  const [before, after] = await answersOf(list.replace("wait=30", "wait=0"), { ...env, CURSOR: "" });
  expect(before).toMatchObject({ complete: true, cursor: expect.any(String) });
  expect(after).toMatchObject({ cursor: expect.any(String) });

  const [introspection = "", revocation = ""] = one.split(/(?<=\n)(?=curl)/);
  const about = { ...env, ACCESS_TOKEN: String(exchanged?.access_token) };
  expect(await answersOf(introspection, about)).toMatchObject([{ active: true, sub: key.id }]);
  expect(await answersOf(revocation, about)).toEqual([{}]);
  expect(await answersOf(introspection, about)).toEqual([{ active: false }]);
});
