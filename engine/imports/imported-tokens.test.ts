import { expect, test, vi } from "vitest";
import { hashToken } from "#core/tokens.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { openTestDb } from "#test/db.ts";
import { hashedTokens, OLD_SHAPE } from "#test/imported-hashes.ts";
import { ctxOf, enableFor, makeApi, makeClock, makeProject, makeUser } from "#test/people.ts";
import { startTraffic } from "#test/traffic.ts";
import { FactStore } from "../cache/fact-store.ts";
import { ImportedTokens } from "./imported-tokens.ts";
import { loadShapes } from "./load-imports.ts";
import { ShapeList } from "./shape-list.ts";

test("first uses are stored in parts", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const tokens = hashedTokens("sha512", 501);
  const keys = tokens.map(({ hash }) => ({ name: "old", environment: "live", hash }));
  const input = importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys });
  await importKeys({ ctx: ctxOf(db, owner), input });
  const factStore = new FactStore(db, { cacheKeys: 1_000, cacheBytes: 64 * 1_048_576 });
  const shapes = await loadShapes(db);
  const imports = new ImportedTokens({
    db,
    shapesOf: () => shapes,
    hmacSecrets: [],
    secretOf: (hash) => factStore.secrets.get(hash),
    forgetHash: (hash) => factStore.secrets.forgetAbsent(hash),
    clock: () => 0,
  });
  await Promise.all(tokens.map(({ token }) => imports.find(hashToken(token), { token, shapes }, null)));
  expect(imports.takeFirstUses()).toHaveLength(500);
  expect(imports.takeFirstUses()).toHaveLength(1);
  expect(imports.takeFirstUses()).toEqual([]);
});

test("a token that was found stays found if others are used for the first time during its comparison", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const [{ token, hash } = { token: "", hash: {} }] = hashedTokens("bcrypt", 1);
  const keys = [{ name: "old", environment: "live", hash }];
  const input = importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys });
  await importKeys({ ctx: ctxOf(db, owner), input });
  const factStore = new FactStore(db, { cacheKeys: 100, cacheBytes: 1_048_576 });
  let others = 3;
  const shapes = await loadShapes(db);
  const imports = new ImportedTokens({
    db,
    shapesOf: () => shapes,
    hmacSecrets: [],
    secretOf: (hash) => factStore.secrets.get(hash),
    forgetHash: (hash) => factStore.secrets.forgetAbsent(hash),
    clock: () => {
      if (others > 0) imports.forget();
      others--;
      return 0;
    },
  });
  expect(await imports.find(hashToken(token), { token, shapes }, null)).toMatchObject({
    key: { name: "old" },
  });
  expect(imports.compared).toBe(1);
  await imports.stop();
});

test("junk that exceeds the budget for comparisons is rejected at once", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const [{ token, hash } = { token: "", hash: {} }] = hashedTokens("bcrypt", 1);
  const keys = [{ name: "old", environment: "live", hash }];
  await importKeys({
    ctx: ctxOf(db, owner),
    input: importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys }),
  });
  const shapes = await loadShapes(db);
  const options = { db, shapesOf: () => shapes, hmacSecrets: [], secretOf: () => null, forgetHash: () => {} };
  const imports = new ImportedTokens({ ...options, clock: () => 0 });
  const find = (at: number) => {
    const junk = `${token.slice(0, 16)}${String(at).padStart(20, "0")}`;
    return imports.find(hashToken(junk), { token: junk, shapes }, null);
  };
  for (let at = 0; at < 5; at++) expect(await find(at)).toBeNull();
  expect(find(5)).toBe("busy");
  expect([imports.compared, imports.postponed]).toEqual([5, 1]);
  await imports.stop();
});

test("a search that has to wait goes on with the imports that are not compared yet", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const [{ token, hash } = { token: "", hash: { value: "" } }] = hashedTokens("bcrypt", 1);
  // As many as may have the same first characters. Five of them may be compared in a second.
  const keys = Array.from({ length: 4 }, (_, at) => {
    const value = `${String(hash.value).slice(0, 40)}${String(at).padStart(4, "0")}${String(hash.value).slice(44)}`;
    return { name: `old ${at}`, environment: "live", hash: { ...hash, value } };
  });
  await importKeys({
    ctx: ctxOf(db, owner),
    input: importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys }),
  });
  const shapes = await loadShapes(db);
  let nowMs = 0;
  const options = { db, shapesOf: () => shapes, hmacSecrets: [], secretOf: () => null, forgetHash: () => {} };
  const imports = new ImportedTokens({ ...options, clock: () => nowMs });
  const find = (text: string) => imports.find(hashToken(text), { token: text, shapes }, null);
  expect(await find(`${token.slice(0, 16)}${"0".repeat(20)}`)).toBeNull();
  expect(await find(token)).toBe("busy");
  nowMs += 1_001;
  expect(await find(token)).toBeNull();
  expect(imports.compared).toBe(8);
  await imports.stop();
});

test("a token that was denied while the shapes were read again after its import is found then", async () => {
  const db = await openTestDb();
  const clock = makeClock();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const importOne = (algorithm: "sha512" | "bcrypt") => {
    const keys = hashedTokens(algorithm, 1).map(({ hash }) => ({ name: "old", environment: "live", hash }));
    const input = importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys });
    return importKeys({ ctx: ctxOf(db, owner, { clock }), input });
  };
  await importOne("sha512");
  const traffic = await startTraffic(db, clock);
  const key = hashedTokens("bcrypt", 1)[0]?.token ?? "";
  const held = Promise.withResolvers<void>();
  const load = ShapeList.prototype.load;
  const reading = vi.spyOn(ShapeList.prototype, "load").mockImplementation(async function (this: ShapeList) {
    await held.promise;
    return load.call(this);
  });
  await importOne("bcrypt");
  await expect.poll(() => reading.mock.calls.length).toBeGreaterThan(0);
  expect(await traffic.send({ key, api: "badges" })).toBe("KEY_NOT_FOUND");
  held.resolve();
  await expect.poll(() => traffic.send({ key, api: "badges" })).toBe("VALID");
  reading.mockRestore();
  await traffic.end();
});
