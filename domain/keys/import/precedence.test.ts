import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { HASH_ALGORITHMS } from "#core/token-shape.ts";
import { hashToken } from "#core/tokens.ts";
import { codeOf, importInto, importRows, named, setUpImports, site } from "#test/import-fixture.ts";
import { hashedTokens } from "#test/imported-hashes.ts";
import { ctxOf, enableFor, makeProject, makeUser } from "#test/people.ts";
import { TEST_SCOPE } from "#test/scope.ts";

/* A token that is imported several times, by different hashes, belongs to the oldest import. */

setUpImports();

/** Their keys are restricted, so that a code says whose key was found. */
const THEIRS = "CLIENT_IP_UNKNOWN";

async function makeTheirs() {
  const { db, clock, ctx } = site;
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  await enableFor(db, projectId, "badges");
  const theirs = ctxOf(db, owner, { clock, settings: ctx.settings });
  return {
    async importOne(fields: object) {
      const row = named({ ...fields, restrictions: { ips: ["198.51.100.7"] } });
      const { created } = await importInto(projectId, [row], {}, theirs);
      expect(created).toBe(1);
      clock.advance(1);
    },
  };
}

const sha256Of = (token: string) => ({ algorithm: "sha256", encoding: "hex", value: hashToken(token) });
const holderOf = async (token: string) => {
  const { q, t } = site.db.read;
  const rows = await q.select({ hash: t.secrets.hash, keyId: t.secrets.keyId }).from(t.secrets);
  return rows.find(({ hash }) => hash === hashToken(token))?.keyId;
};

/** In a short run, one fast and one slow. */
const WAITING = HASH_ALGORITHMS.filter((algorithm) =>
  TEST_SCOPE === "all" ? algorithm !== "sha256" : algorithm === "sha512" || algorithm === "bcrypt",
);

describe.each(WAITING)("a token that another project imported by %s, and nobody used", (algorithm) => {
  test.each(["token", "hash"])("stays with the first import when it is imported by its %s", async (by) => {
    const theirs = await makeTheirs();
    const [one] = hashedTokens(algorithm, 1);
    const token = one?.token ?? "";
    await theirs.importOne({ hash: one?.hash });
    const row = named(by === "token" ? { token } : { hash: sha256Of(token) });
    const { results } = await importRows([row]);
    const isKnown = by === "token" && (algorithm === "sha512" || algorithm === "hmac-sha256");
    expect(results[0]?.code).toBe(isKnown ? "TOKEN_IN_USE" : null);
    await expect.poll(() => codeOf(token)).toBe(THEIRS);
    site.traffic.clearCache();
    expect(await codeOf(token)).toBe(THEIRS);
    await site.traffic.count();
    expect(await holderOf(token)).not.toBe(results[0]?.keyId);
    expect((await importRows([row])).results).toMatchObject([{ code: "TOKEN_IN_USE", keyId: null }]);
    await expect.poll(() => codeOf(token)).toBe(THEIRS);
    site.traffic.clearCache();
    expect(await codeOf(token)).toBe(THEIRS);
  });

  test("belongs to its earlier import, used or not", async () => {
    const theirs = await makeTheirs();
    for (const [index, isUsed] of [false, true].entries()) {
      const one = hashedTokens(algorithm, 2)[index];
      const token = one?.token ?? "";
      const [own] = (await importRows([named({ token })])).results;
      site.clock.advance(1);
      if (isUsed) {
        await expect.poll(() => codeOf(token)).toBe("VALID");
        await site.traffic.count();
      }
      await theirs.importOne({ hash: one?.hash });
      await expect.poll(() => codeOf(token)).toBe("VALID");
      await site.traffic.count();
      expect(await holderOf(token)).toBe(own?.keyId);
      site.traffic.clearCache();
      expect(await codeOf(token)).toBe("VALID");
    }
  });
});

test("of a fast and a slow hash of one token, the older import has it, whichever is looked up first", async () => {
  const theirs = await makeTheirs();
  const [slow] = hashedTokens("bcrypt", 1);
  const token = slow?.token ?? "";
  await theirs.importOne({ hash: slow?.hash });
  const value = hash("sha512", token);
  const [own] = (await importRows([named({ hash: { algorithm: "sha512", encoding: "hex", value } })]))
    .results;
  expect(own?.status).toBe("created");
  await expect.poll(() => codeOf(token)).toBe(THEIRS);
  await site.traffic.count();
  expect(await holderOf(token)).not.toBe(own?.keyId);
  site.traffic.clearCache();
  expect(await codeOf(token)).toBe(THEIRS);
});

test("two rows of one import with the same token, as it is and hashed, create one key", async () => {
  for (const algorithm of ["sha512", "hmac-sha256"] as const) {
    const [one] = hashedTokens(algorithm, 1);
    const rows = [named({ hash: one?.hash }), named({ token: one?.token })];
    const { results } = await importRows(rows);
    expect(results.map(({ status }) => status)).toEqual(["created", "unchanged"]);
    expect(results[1]?.keyId).toBe(results[0]?.keyId);
  }
});
