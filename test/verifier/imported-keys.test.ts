import { expect, test } from "vitest";
import { HASH_ALGORITHMS, type HashAlgorithm } from "#core/token-shape.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { storeFirstUses } from "#engine/imports/first-uses.ts";
import { hashedTokens, OLD_SHAPE } from "#test/imported-hashes.ts";
import { codeOf, setUpLocal, site, startReady, verdictOf } from "#test/local-fixture.ts";

setUpLocal();

/** Imports a token by each algorithm, and returns them with the ids of their keys. */
async function importAll() {
  const { ctx, projectId } = site.verifier;
  const tokens = HASH_ALGORITHMS.map((algorithm) => ({ algorithm, ...hashedTokens(algorithm, 1)[0] }));
  const keys = tokens.map(({ algorithm, hash }) => ({ name: algorithm, environment: "live", hash }));
  const input = importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys });
  const { results } = await importKeys({ ctx, input });
  return tokens.map(({ algorithm, token = "" }, at) => ({
    algorithm,
    token,
    keyId: results[at]?.keyId ?? "",
  }));
}

/** As a verifier's cycle does. */
const storeUses = () =>
  storeFirstUses(site.verifier.db, site.verifier.engine.imports.takeFirstUses(), Date.now());

test("imported keys are verified locally once a verifier has seen them, and a verifier is asked before", async () => {
  const { ctx, projectId } = site.verifier;
  const imported = await importAll();
  const local = await startReady();
  for (const { algorithm, token, keyId } of imported) {
    // Its hash finds it, or it has to be compared: only a verifier can.
    await expect.poll(() => local.verify({ key: token })).toBeNull();
    for (let time = 0; time < 3; time++) expect(await local.verify({ key: token }), algorithm).toBeNull();
    await expect.poll(async () => (await site.verifier.verdict(token)).code).toBe("VALID");
    await storeUses();
    const own = await verdictOf(local, { key: token });
    const expected = await site.verifier.verdict(token);
    expect(expected).toMatchObject({ code: "VALID", keyId, name: algorithm });
    expect({ ...own, requestId: "" }).toEqual({ ...expected, requestId: "" });
  }
  // Tokens that were never issued: no import of this format is unused anymore, so the service answers without a verifier.
  const unknown = `${OLD_SHAPE.prefix}${"0".repeat(32)}`;
  expect(await verdictOf(local, { key: unknown })).toMatchObject({ code: "KEY_NOT_FOUND" });
  expect(await codeOf(local, { key: `${unknown}0` })).toBe("KEY_MALFORMED");

  const tokenOf = (algorithm: HashAlgorithm) => imported.find((each) => each.algorithm === algorithm);
  const [revoked, rotated] = [tokenOf("bcrypt"), tokenOf("sha512")];
  await revokeKey({ ctx, input: { projectId, keyId: revoked?.keyId ?? "" } });
  await expect.poll(() => codeOf(local, { key: revoked?.token ?? "" })).toBeNull();
  await expect.poll(() => site.verifier.verdict(revoked?.token ?? "")).toMatchObject({ code: "KEY_REVOKED" });
  const input = { projectId, keyId: rotated?.keyId ?? "", overlapSeconds: 0 };
  const { secret } = await rotateKey({ ctx, input });
  expect(await verdictOf(local, { key: secret })).toMatchObject({ code: "VALID", name: "sha512" });
  await expect.poll(() => codeOf(local, { key: rotated?.token ?? "" })).toBeNull();
});

test("while tokens of a shape wait, a verifier is asked about every other text of that shape", async () => {
  await importAll();
  const local = await startReady();
  const unknown = `${OLD_SHAPE.prefix}${"0".repeat(32)}`;
  await expect.poll(() => local.verify({ key: unknown })).toBeNull();
  for (let time = 0; time < 3; time++) expect(await local.verify({ key: unknown })).toBeNull();
  await expect.poll(async () => (await site.verifier.verdict(unknown)).code).toBe("KEY_NOT_FOUND");
  expect(await local.verify({ key: unknown })).toBeNull();
});
