import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { loadSecret } from "#engine/cache/load-facts.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { listKeys } from "../../keys/list.ts";
import type { NewKey } from "../../keys/schema.ts";
import { listKeysSchema, updateKeySchema } from "../../keys/schema.ts";
import { updateKey } from "../../keys/update.ts";
import { getKeyRules, setKeyRules } from "./project-key-rules.ts";
import { policiesIn } from "./read.ts";
import { type KeyRules, keyRulesInputSchema } from "./schema.ts";
import { setPolicies } from "./set.ts";

const NONE = policiesIn(null).keyRules;

let db: Db;
let clock: Clock;
let admin: Ctx;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  admin = ctxOf(db, await makeAdmin(db), { clock });
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
});

const site = (rules: Partial<KeyRules>) =>
  setPolicies({ ctx: admin, input: { keyRules: { ...NONE, ...rules } } });
const own = (rules: Partial<KeyRules>) =>
  setKeyRules({ ctx, input: { projectId, rules: { ...NONE, ...rules } } });
const inDays = (days: number) => new Date(clock.now() + days * DAY_MS).toISOString();
const create = (fields: Partial<NewKey> = {}, by = ctx) => makeKey(by, projectId, fields as never);
const update = (keyId: string, fields: object) =>
  updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });
const pathsOf = async (attempt: Promise<unknown>) =>
  attempt.then(
    () => [],
    (error: { errors: { path: string }[] }) => error.errors.map(({ path }) => path),
  );

describe("a new key", () => {
  test("must expire within the maximum lifetime of its environment, even if an administrator creates it", async () => {
    await site({ maxLifeDays: { live: 90, test: null } });
    for (const by of [ctx, admin]) {
      expect(await pathsOf(create({}, by))).toEqual(["expiresAt"]);
      expect(await pathsOf(create({ expiresAt: inDays(91) }, by))).toEqual(["expiresAt"]);
    }
    const { key } = await create({ expiresAt: inDays(90) });
    expect(key.expiresAt).toBe(inDays(90));
    expect((await create({ environment: "test" })).key.expiresAt).toBeNull();
  });

  test("must expire within a day of its creation, in words, if that is its maximum lifetime", async () => {
    await site({ maxLifeDays: { live: 1, test: null } });
    await expect(create()).rejects.toMatchObject({
      errors: [{ message: "A policy requires that a live key expires within 1 day of its creation." }],
    });
  });

  test("reports every field that a rule needs", async () => {
    await site({
      expiryRequired: true,
      namePattern: "team-*",
      descriptionRequired: true,
      externalIdRequired: true,
    });
    expect(await pathsOf(create({ name: "checkout" }))).toEqual([
      "name",
      "description",
      "externalId",
      "expiresAt",
    ]);
    const good = {
      name: "team-pay",
      description: "Charges cards",
      externalId: "cus_7",
      expiresAt: inDays(900),
    };
    expect((await create(good)).key.name).toBe("team-pay");
    expect(await pathsOf(create({ ...good, description: " " }))).toEqual(["description"]);
  });

  test("follows the site's and the project's rules, so that a project can only be stricter", async () => {
    await site({ maxLifeDays: { live: 30, test: 30 }, namePattern: "acme-*" });
    await own({ maxLifeDays: { live: 365, test: 7 }, namePattern: "*-pay" });
    const keyOf = (fields: object) => create({ name: "acme-pay", ...fields });
    expect(await pathsOf(keyOf({ expiresAt: inDays(31) }))).toEqual(["expiresAt"]);
    expect(await pathsOf(keyOf({ environment: "test", expiresAt: inDays(8) }))).toEqual(["expiresAt"]);
    expect(await pathsOf(keyOf({ name: "acme-x", expiresAt: inDays(1) }))).toEqual(["name"]);
    expect(await pathsOf(keyOf({ name: "x-pay", expiresAt: inDays(1) }))).toEqual(["name"]);
    expect(await pathsOf(keyOf({ expiresAt: inDays(30) }))).toEqual([]);
  });
});

describe("an existing key", () => {
  test("keeps what it had before a rule, and every change of that field must follow it", async () => {
    const { key } = await create({ name: "old" });
    await site({ maxLifeDays: { live: 90, test: 90 }, namePattern: "team-*", descriptionRequired: true });
    expect((await update(key.id, { tags: ["eu"] })).name).toBe("old");
    expect(await pathsOf(update(key.id, { name: "other" }))).toEqual(["name"]);
    clock.advance(10 * DAY_MS);
    // Counted from its creation.
    expect((await update(key.id, { expiresAt: inDays(80) })).expiresAt).toBe(inDays(80));
    expect(await pathsOf(update(key.id, { expiresAt: inDays(81) }))).toEqual(["expiresAt"]);
    expect(await pathsOf(update(key.id, { expiresAt: null }))).toEqual(["expiresAt"]);
    await update(key.id, { description: "Charges cards" });
    expect(await pathsOf(update(key.id, { description: "" }))).toEqual(["description"]);
  });

  test("gets an earlier expiry even if it is too old for a later rule, and works until then", async () => {
    const { key, secret } = await create();
    clock.advance(100 * DAY_MS);
    await site({ maxLifeDays: { live: 90, test: null } });
    const statusAt = async (days: number) => (await update(key.id, { expiresAt: inDays(days) })).status;
    expect(await statusAt(30)).toBe("active");
    expect(await pathsOf(statusAt(31))).toEqual(["expiresAt"]);
    expect(await pathsOf(update(key.id, { expiresAt: null }))).toEqual(["expiresAt"]);
    const end = inDays(7);
    expect(await statusAt(7)).toBe("active");
    expect((await loadSecret(db, hashToken(secret)))?.key.expiresAt).toBe(Date.parse(end));
  });

  test("is shown with the end of its maximum lifetime, even if its expiry is raised in the database", async () => {
    await site({ maxLifeDays: { live: 90, test: null } });
    const { key } = await create({ expiresAt: inDays(30) });
    const end = inDays(90);
    const { keys } = db.read.t;
    const expiresAt = clock.now() + 900 * DAY_MS;
    await db.write((tx) => tx.q.update(tx.t.keys).set({ expiresAt }).where(eq(keys.id, key.id)));
    const shown = async (status: "active" | "expired") => {
      const input = listKeysSchema.parse({ projectId, status, sort: "status" });
      return (await listKeys({ ctx, input })).items.map((item) => [item.status, item.expiresAt]);
    };
    expect(await shown("active")).toEqual([["active", end]]);
    clock.advance(91 * DAY_MS);
    expect(await shown("active")).toEqual([]);
    expect(await shown("expired")).toEqual([["expired", end]]);
    // A form sends every field as it was shown.
    const saved = await update(key.id, { expiresAt: end, description: "Charges cards" });
    expect(saved).toMatchObject({ status: "expired", expiresAt: end, description: "Charges cards" });
  });

  test("ends with its maximum lifetime at the check, even if its expiry is raised in the database", async () => {
    await site({ maxLifeDays: { live: 90, test: null } });
    const { key, secret } = await create({ expiresAt: inDays(30) });
    const createdAt = clock.now();
    const { keys } = db.read.t;
    const expiryAtCheck = async () => (await loadSecret(db, hashToken(secret)))?.key.expiresAt;
    for (const expiresAt of [createdAt + 900 * DAY_MS, null]) {
      await db.write((tx) => tx.q.update(tx.t.keys).set({ expiresAt }).where(eq(keys.id, key.id)));
      expect(await expiryAtCheck()).toBe(createdAt + 90 * DAY_MS);
    }
    // A longer life for all takes effect with the next change of the expiry.
    await site({ maxLifeDays: { live: 200, test: null } });
    await update(key.id, { expiresAt: inDays(150) });
    expect(await expiryAtCheck()).toBe(createdAt + 150 * DAY_MS);
    await site({});
    await update(key.id, { expiresAt: inDays(1_000) });
    expect(await expiryAtCheck()).toBe(createdAt + 1_000 * DAY_MS);
  });
});

test("only owners set a project's rules, everyone sees both, and null removes them", async () => {
  const rules = { ...NONE, descriptionRequired: true };
  await own(rules);
  expect(await getKeyRules({ ctx, input: { projectId } })).toEqual({ site: NONE, project: rules });
  expect(await setKeyRules({ ctx, input: { projectId, rules: null } })).toMatchObject({ project: null });
  expect(await pathsOf(create())).toEqual([]);
});

test("a management token makes rules stricter and never looser", async () => {
  const token = { ...ctx, actor: { ...ctx.actor, via: "token" } } as Ctx;
  const byToken = (rules: Partial<KeyRules>) =>
    setKeyRules({ ctx: token, input: { projectId, rules: { ...NONE, ...rules } } });
  await byToken({ maxLifeDays: { live: 90, test: null }, descriptionRequired: true });
  await byToken({ maxLifeDays: { live: 30, test: 30 }, descriptionRequired: true });
  for (const looser of [
    { maxLifeDays: { live: 31, test: 30 }, descriptionRequired: true },
    { maxLifeDays: { live: 30, test: null }, descriptionRequired: true },
    { maxLifeDays: { live: 30, test: 30 } },
  ]) {
    await expect(byToken(looser)).rejects.toMatchObject({ code: "forbidden" });
  }
});

test.each([
  [{ maxLifeDays: { live: 0, test: null } }],
  [{ maxLifeDays: { live: 1.5, test: null } }],
  [{ maxLifeDays: { live: 3_651, test: null } }],
  [{ maxLifeDays: { live: null } }],
  [{ namePattern: "" }],
  [{ namePattern: "x".repeat(101) }],
  [{ namePattern: "a\nb" }],
  [{ namePattern: 7 }],
  [{ expiryRequired: "yes" }],
  [{ unknown: true }],
])("the rules %j are rejected", (rules) => {
  expect(keyRulesInputSchema.safeParse({ ...NONE, ...rules }).success).toBe(false);
});
