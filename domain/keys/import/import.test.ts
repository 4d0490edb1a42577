import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { generateToken, hashToken } from "#core/tokens.ts";
import { requireKeyPrefix } from "#db/key-prefixes.ts";
import {
  codeOf,
  everything,
  importInto,
  importRows,
  named,
  setUpImports,
  site,
  tokenOf,
} from "#test/import-fixture.ts";
import { hashedTokens } from "#test/imported-hashes.ts";
import { ctxOf, makeKey, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { reportLeaks } from "../leaks/report.ts";
import { reportLeaksSchema } from "../leaks/schema.ts";
import { getKey, listKeys } from "../list.ts";
import { restoreKey } from "../restore.ts";
import { revokeKey } from "../revoke.ts";
import { listKeysSchema } from "../schema.ts";
import { importKeysSchema } from "./schema.ts";

setUpImports();

describe("tokens", () => {
  test("a token works as it is, with the fields of its key, and is stored nowhere", async () => {
    const token = tokenOf("a");
    const fields = { externalId: "cus_1", tags: ["a"], metadata: { plan: "pro" }, description: "Old" };
    const { results } = await importRows([named({ token, ...fields })]);
    const key = await getKey({
      ctx: site.ctx,
      input: { projectId: site.projectId, keyId: results[0]?.keyId ?? "" },
    });
    expect(key).toMatchObject({
      ...fields,
      name: "old",
      hint: `old_${token.slice(4, 8)}…${token.slice(-4)}`,
    });
    await expect.poll(() => codeOf(token)).toBe("VALID");
    await site.traffic.count();
    expect(await everything()).not.toContain(token.slice(8, -4));
    expect(JSON.stringify(results)).not.toContain(token.slice(8, -4));
  });

  test("keys are found by whether their imported token was used since", async () => {
    await makeKey(site.ctx, site.projectId);
    await importRows([named({ token: tokenOf("a") }, "used"), named({ token: tokenOf("b") }, "unused")]);
    await expect.poll(() => codeOf(tokenOf("a"))).toBe("VALID");
    await site.traffic.count();
    const found = async (imported?: string) =>
      (
        await listKeys({
          ctx: site.ctx,
          input: listKeysSchema.parse({ projectId: site.projectId, imported }),
        })
      ).items.map(({ name }) => name);
    expect(await found("seen")).toEqual(["used"]);
    expect(await found("unseen")).toEqual(["unused"]);
    expect(await found()).toHaveLength(3);
  });

  test("a token that was denied before its import is accepted after it", async () => {
    await importRows([named({ token: tokenOf("first") })]);
    await expect.poll(() => codeOf(tokenOf("late"))).toBe("KEY_NOT_FOUND");
    await importRows([named({ token: tokenOf("late") })]);
    await expect.poll(() => codeOf(tokenOf("late"))).toBe("VALID");
  });

  test("a token without a declared shape is malformed, with no look-up", async () => {
    expect(await codeOf(tokenOf("a"))).toBe("KEY_MALFORMED");
    await importRows([named({ token: tokenOf("b") })]);
    await expect.poll(() => codeOf(tokenOf("a"))).toBe("KEY_NOT_FOUND");
    expect(await codeOf(`${tokenOf("a")}x`)).toBe("KEY_MALFORMED");
  });

  test("tokens of this format are imported without a shape, into their environment only", async () => {
    const [live, hashed] = [generateToken("lk", "live"), generateToken("lk", "live")];
    const { results } = await importRows(
      [
        named({ token: live }),
        named({ hash: { algorithm: "sha256", encoding: "hex", value: hashToken(hashed) } }),
        named({ token: generateToken("lk", "test") }),
        named({ token: generateToken("lk", "svc") }),
        named({ token: tokenOf("a") }),
      ],
      { shape: null },
    );
    expect(results.map(({ status }) => status)).toEqual(["created", "created", "failed", "failed", "failed"]);
    for (const token of [live, hashed]) await expect.poll(() => codeOf(token)).toBe("VALID");
  });

  test("a report of a leak recognizes an imported token, also one whose first use revealed its SHA-256", async () => {
    const [old] = hashedTokens("sha512", 1);
    const tokens = [tokenOf("a"), old?.token ?? ""];
    await importRows([named({ token: tokens[0] }), named({ hash: old?.hash })]);
    const report = async (token: string) => {
      await reportLeaks({
        ctx: site.ctx,
        input: reportLeaksSchema.parse({ found: [{ token: `${token}\n` }] }),
      });
      return site.db.read.q.$count(site.db.read.t.leaks);
    };
    expect(await report(tokens[1] ?? "")).toBe(0);
    await expect.poll(() => codeOf(tokens[1] ?? "")).toBe("VALID");
    await site.traffic.count();
    expect(await report(tokens[0] ?? "")).toBe(1);
    expect(await report(tokens[1] ?? "")).toBe(2);
    expect(await report(tokenOf("unknown"))).toBe(2);
    expect(await everything()).not.toContain(tokenOf("a").slice(8, -4));
  });

  test("imported tokens don't prevent a start because of their prefix", async () => {
    await importRows([named({ token: tokenOf("a") })]);
    await expect(
      requireKeyPrefix(site.db, { keyPrefix: "lk", formerKeyPrefixes: [] }),
    ).resolves.toBeUndefined();
  });
});

describe("rows", () => {
  test("a row that fails doesn't fail the others, and says why without quoting a secret", async () => {
    const value = "$2b$10$short-of-a-hash";
    const { results, created, failed } = await importRows([
      named({ token: tokenOf("a") }),
      named({ token: "old_too_short_secret" }),
      named({ hash: { algorithm: "bcrypt", value, lookup: "old_0123" } }),
      named({ hash: hashedTokens("bcrypt", 1)[0]?.hash, token: tokenOf("b") }),
      named({ token: tokenOf("c"), restrictions: { ips: ["999.1.1.1"] } }),
      named({ token: tokenOf("d"), expiresAt: "2001-01-01T00:00:00Z" }),
      { environment: "live", token: tokenOf("e") },
      named({ token: tokenOf("f"), shade: "red" }),
      null,
      "text",
    ]);
    expect({ created, failed }).toEqual({ created: 1, failed: 9 });
    expect(results.map(({ row, code }) => [row, code])).toEqual([
      [0, null],
      ...Array.from({ length: 9 }, (_, at) => [at + 1, "INVALID"]),
    ]);
    expect(results.flatMap(({ errors }) => errors.map(({ path }) => path))).toEqual([
      "token",
      "hash.value",
      "token",
      "restrictions.ips.0",
      "expiresAt",
      "name",
      "shade",
      "",
      "",
    ]);
    for (const secret of ["too_short", "short-of-a-hash", tokenOf("b"), tokenOf("c")])
      expect(JSON.stringify(results)).not.toContain(secret);
  });

  test("a dry run returns the same results and changes nothing", async () => {
    const rows = [named({ token: tokenOf("a") }), named({ token: tokenOf("a") }), named({ token: "?" })];
    const before = await everything();
    const dry = await importRows(rows, { dryRun: true });
    expect(await everything()).toBe(before);
    expect(dry).toMatchObject({ dryRun: true, created: 1, unchanged: 1, failed: 1 });
    expect(dry.results.map(({ keyId }) => keyId)).toEqual([null, null, null]);
    const real = await importRows(rows);
    expect(real.results.map(({ status }) => status)).toEqual(dry.results.map(({ status }) => status));
  });

  test("a token of another project is not taken over, whether by token or by hash", async () => {
    const other = await makeUser(site.db);
    const theirs = await makeProject(site.db, other);
    const [bcrypt] = hashedTokens("bcrypt", 1);
    await importInto(
      theirs,
      [named({ token: tokenOf("a") }), named({ hash: bcrypt?.hash })],
      {},
      ctxOf(site.db, other),
    );
    const sha256 = { algorithm: "sha256", encoding: "hex", value: hashToken(tokenOf("a")) };
    const { results } = await importRows([
      named({ token: tokenOf("a") }),
      named({ hash: sha256 }),
      named({ hash: bcrypt?.hash }),
    ]);
    expect(results.map(({ code, keyId }) => [code, keyId])).toEqual(Array(3).fill(["TOKEN_IN_USE", null]));
    expect(JSON.stringify(results)).not.toContain(theirs);
  });

  test("importing the token of a revoked key doesn't restore it", async () => {
    const [row] = (await importRows([named({ token: tokenOf("a") })])).results;
    const ref = { projectId: site.projectId, keyId: row?.keyId ?? "" };
    await revokeKey({ ctx: site.ctx, input: ref });
    const again = await importRows([named({ token: tokenOf("a") })]);
    expect(again.results).toMatchObject([
      { status: "unchanged", keyId: ref.keyId, message: expect.any(String) },
    ]);
    await expect.poll(() => codeOf(tokenOf("a"))).toBe("KEY_REVOKED");
    await restoreKey({ ctx: site.ctx, input: ref });
    await expect.poll(() => codeOf(tokenOf("a"))).toBe("VALID");
  });

  test("at most four tokens to be used share a look-up, so that one request can't cost many comparisons", async () => {
    const rows = hashedTokens("bcrypt", 6).map(({ hash }) =>
      named({ hash: { ...hash, lookup: "old_aaaa" } }),
    );
    const { results } = await importRows(rows);
    expect(results.map(({ code }) => code)).toEqual([
      ...Array(4).fill(null),
      "LOOKUP_TOO_COMMON",
      "LOOKUP_TOO_COMMON",
    ]);
  });

  test("rows over the maximum number of keys fail, and the others are imported", async () => {
    const bounds = { ...TEST_SETTINGS.bounds, keysPerProject: 2 };
    const limited = { ...site.ctx, settings: { ...site.ctx.settings, bounds } };
    await makeKey(site.ctx, site.projectId);
    const rows = ["a", "b"].map((seed) => named({ token: tokenOf(seed) }));
    const { results } = await importInto(site.projectId, rows, {}, limited);
    expect(results.map(({ code }) => code)).toEqual([null, "LIMIT_REACHED"]);
  });

  test("a thousand rows are imported in one call, each with an audit row", async () => {
    const rows = Array.from({ length: 1_000 }, (_, at) =>
      named({ token: tokenOf(`row ${at}`), tags: ["a"] }),
    );
    expect((await importRows(rows)).created).toBe(1_000);
    const { audit } = site.db.read.t;
    expect(await site.db.read.q.$count(audit, eq(audit.action, "key.imported"))).toBe(1_000);
    expect(importKeysSchema.safeParse({ projectId: site.projectId, keys: [...rows, rows[0]] }).success).toBe(
      false,
    );
  });

  test("two imports of the same rows at once create each key once", async () => {
    const rows = Array.from({ length: 20 }, (_, at) => named({ token: tokenOf(`row ${at}`) }));
    const both = await Promise.all([importRows(rows), importRows(rows)]);
    expect(both.map(({ created }) => created).sort()).toEqual([0, 20]);
    expect(await site.db.read.q.$count(site.db.read.t.keys)).toBe(20);
  });
});

test.each([
  [
    "a prefix of this deployment's own tokens",
    { prefix: "lk_live_", minLength: 44, maxLength: 44 },
    "shape.prefix",
  ],
])("%s can't be declared", async (_, shape, path) => {
  await expect(importRows([named({ token: tokenOf("a") })], { shape })).rejects.toMatchObject({
    errors: [{ path }],
  });
});

test.each([
  ["tokens that can be guessed", { prefix: "", minLength: 8, maxLength: 40 }],
  ["tokens that are malformed anyway", { prefix: "", minLength: 20, maxLength: 600 }],
  ["nothing after the prefix", { prefix: "a".repeat(20), minLength: 20, maxLength: 40 }],
  ["no length at all", { prefix: "", minLength: 40, maxLength: 20 }],
  ["a space", { prefix: "a b", minLength: 20, maxLength: 40 }],
  ["a long prefix", { prefix: "a".repeat(33), minLength: 60, maxLength: 60 }],
])("a shape of %s is rejected", (_, shape) => {
  expect(importKeysSchema.safeParse({ projectId: site.projectId, shape, keys: [{}] }).success).toBe(false);
});
