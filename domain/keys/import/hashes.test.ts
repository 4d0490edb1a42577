import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { HASH_ALGORITHMS } from "#core/token-shape.ts";
import { hashToken } from "#core/tokens.ts";
import { testDialect } from "#test/db.ts";
import {
  codeOf,
  everything,
  importInto,
  importRows,
  named,
  passTime,
  send,
  setUpImports,
  site,
  tokenOf,
} from "#test/import-fixture.ts";
import { hashedTokens, OLD_SHAPE } from "#test/imported-hashes.ts";
import { TEST_SETTINGS } from "#test/people.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import { rotateKey } from "../rotate.ts";
import { getImportStatus } from "./status.ts";

const COUNT = TEST_SCOPE === "all" ? 1_000 : 5;

/** The database stores a hash without reading it: a short run on Postgres has a fast algorithm and a slow one. */
const ALGORITHMS =
  TEST_SCOPE === "all" || testDialect() === "sqlite" ? HASH_ALGORITHMS : (["sha512", "bcrypt"] as const);

setUpImports();

/** The codes that occur. */
async function codesOf(tokens: readonly string[]): Promise<string[]> {
  const codes = new Set<string>();
  for (const token of tokens) codes.add(await send(token));
  return [...codes];
}

describe.each(ALGORITHMS)("%s", (algorithm) => {
  test("tokens hashed by reference tools verify, are replaced by SHA-256, and rotate into ours", {
    timeout: 900_000,
  }, async () => {
    const tokens = hashedTokens(algorithm, COUNT);
    const { created, results } = await importRows(tokens.map(({ hash }) => named({ hash })));
    expect(created).toBe(COUNT);
    await expect.poll(() => codeOf(tokens[0]?.token ?? "")).toBe("VALID");
    for (const { token } of tokens) expect(await codeOf(token)).toBe("VALID");
    await site.traffic.count();
    const hashes = await site.db.read.q
      .select({ hash: site.db.read.t.secrets.hash })
      .from(site.db.read.t.secrets);
    expect(hashes.map((row) => row.hash).sort()).toEqual(tokens.map(({ token }) => hashToken(token)).sort());
    expect(await getImportStatus({ ctx: site.ctx, input: { projectId: site.projectId } })).toEqual({
      imported: COUNT,
      seen: COUNT,
      waiting: 0,
    });
    const [shape] = await site.db.read.q.select().from(site.db.read.t.tokenShapes);
    expect(shape?.pending).toEqual([]);
    // Found by another verifier, which never saw the import.
    site.traffic.clearCache();
    expect(await codeOf(tokens[1]?.token ?? "")).toBe("VALID");

    const secrets: string[] = [];
    for (const { keyId } of results) {
      const ref = { projectId: site.projectId, keyId: keyId ?? "" };
      const { key, secret } = await rotateKey({ ctx: site.ctx, input: { ...ref, overlapSeconds: 60 } });
      expect(key.hint).toMatch(/^lk_live_/);
      secrets.push(secret);
    }
    site.traffic.clearCache();
    expect(await codesOf(secrets)).toEqual(["VALID"]);
    expect(await codesOf(tokens.map(({ token }) => token))).toEqual(["VALID"]);
    site.clock.advance(61_000);
    expect(await codesOf(tokens.map(({ token }) => token))).toEqual(["KEY_ROTATED"]);
    expect(await codesOf(secrets)).toEqual(["VALID"]);
  });

  test("another token with the same first characters is none, and neither is a repetition of the import", async () => {
    const [one] = hashedTokens(algorithm, 1);
    const { token, hash } = one ?? { token: "", hash: {} };
    const [row] = (await importRows([named({ hash })])).results;
    const wrong = `${token.slice(0, 35)}${token.endsWith("0") ? "1" : "0"}`;
    await expect.poll(() => codeOf(token)).toBe("VALID");
    expect(await codeOf(wrong)).toBe("KEY_NOT_FOUND");
    await site.traffic.count();
    const before = await everything();
    const again = await importRows([named({ hash }, "another name")]);
    expect(again.results).toMatchObject([{ status: "unchanged", keyId: row?.keyId }]);
    expect(await everything()).toBe(before);
  });
});

test("bcrypt needs tokens that it reads whole, and an HMAC a secret that verifiers have", async () => {
  const [bcrypt] = hashedTokens("bcrypt", 1);
  const [hmac] = hashedTokens("hmac-sha256", 1);
  const shape = { ...OLD_SHAPE, maxLength: 73 };
  const long = await importRows([named({ hash: bcrypt?.hash })], { shape });
  expect(long.results[0]?.errors).toMatchObject([{ path: "hash.algorithm" }]);
  const without = { ...site.ctx, settings: TEST_SETTINGS };
  const { results } = await importInto(site.projectId, [named({ hash: hmac?.hash })], {}, without);
  expect(results[0]?.errors[0]?.message).toContain("LATCHKEY_IMPORT_HMAC_SECRETS");
});

test("over fifteen slow comparisons a second, a token has to wait, and others are not affected", async () => {
  const tokens = hashedTokens("bcrypt", 30);
  const fast = tokenOf("fast");
  await importRows([...tokens.map(({ hash }) => named({ hash })), named({ token: fast })]);
  await expect.poll(() => codeOf(fast)).toBe("VALID");
  passTime(1_001);
  const codes = await Promise.all(tokens.map(({ token }) => send(token)));
  expect(codes.filter((code) => code === "VALID")).toHaveLength(15);
  expect(codes.filter((code) => code === "RATE_LIMITED")).toHaveLength(15);
  expect(await send(fast)).toBe("VALID");
  for (const { token } of tokens) expect(await codeOf(token)).toBe("VALID");
});

test("someone who knows the first characters of a token can't use up the comparisons of all others", async () => {
  const [target, other] = hashedTokens("bcrypt", 2);
  await importRows([named({ hash: target?.hash }), named({ hash: other?.hash })]);
  await expect.poll(() => codeOf("old_".padEnd(36, "x"))).toBe("KEY_NOT_FOUND");
  passTime(1_001);
  const start = target?.token.slice(0, 16) ?? "";
  const junk = Array.from({ length: 50 }, (_, at) => `${start}${String(at).padStart(20, "0")}`);
  const codes = await Promise.all(junk.map((key) => site.traffic.send({ key, api: "badges" })));
  expect(codes.filter((code) => code === "KEY_NOT_FOUND")).toHaveLength(5);
  expect(await send(other?.token ?? "")).toBe("VALID");
});

test.each(["token", "sha512"])(
  "junk doesn't delay the first use of a token imported by %s after slow hashes",
  async (by) => {
    const slow = hashedTokens("bcrypt", 4);
    await importRows(slow.map(({ hash }) => named({ hash })));
    site.clock.advance(1);
    // With the first characters of older imports, any of which could be of the same token.
    const starts = slow.map(({ token }) => token.slice(0, 16));
    const fast = `${starts[0]}${"f".repeat(20)}`;
    const value = hash("sha512", fast);
    await importRows([
      named(by === "token" ? { token: fast } : { hash: { algorithm: by, encoding: "hex", value } }),
    ]);
    await expect.poll(() => codeOf("old_".padEnd(36, "x"))).toBe("KEY_NOT_FOUND");
    let number = 0;
    const sendJunk = async () => {
      passTime(1_001);
      const junk = Array.from(
        { length: 40 },
        () => `${starts[number % 4]}${String(number++).padStart(20, "0")}`,
      );
      const codes = await Promise.all(junk.map((key) => send(key)));
      return codes.filter((code) => code === "KEY_NOT_FOUND").length;
    };
    // Until the verifier has applied the second import: what was found out before it has to be found out again.
    await expect.poll(sendJunk).toBe(15);
    expect(await send(fast)).toBe("VALID");
  },
);

test("a repeated wrong token is compared once", async () => {
  const [one] = hashedTokens("bcrypt", 1);
  await importRows([named({ hash: one?.hash })]);
  const wrong = `${one?.token.slice(0, 16)}${"0".repeat(20)}`;
  await expect.poll(() => codeOf(wrong)).toBe("KEY_NOT_FOUND");
  const codes: string[] = [];
  for (let n = 0; n < 100; n++) codes.push(await send(wrong));
  expect(new Set(codes)).toEqual(new Set(["KEY_NOT_FOUND"]));
});
