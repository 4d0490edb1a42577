import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { restrictedBy } from "#core/restrictions/kinds.ts";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { SCOPES, writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { setPolicies } from "../../access/policies/set.ts";
import type { Ctx } from "../../context.ts";
import { listKeys } from "../list.ts";
import { listKeysSchema, type RestrictedFilter, updateKeySchema } from "../schema.ts";
import { updateKey } from "../update.ts";
import { explainEntries } from "./explain.ts";
import { explainEntriesSchema } from "./schema.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
  for (const slug of ["badges", "offers"]) {
    await makeApi(db, slug, { operations: ["badges.sync", "badges.list", "offers.list"], scopes: SCOPES });
    await enableFor(db, projectId, slug);
  }
});

const update = (keyId: string, fields: object) =>
  updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });
const explain = (restrictions: object) =>
  explainEntries({ ctx, input: explainEntriesSchema.parse({ projectId, restrictions }) });

describe("saving", () => {
  test("stores every entry in canonical form, once, in the given order", async () => {
    const { key } = await makeKey(ctx, projectId, {
      restrictions: {
        ips: ["203.0.113.9", "198.51.100.7/24", "198.51.100.0/24", "::ffff:203.0.113.9"],
        referrers: ["EXAMPLE.com", "https://example.com:443", "example.com"],
        apps: {
          android: [{ package: "com.example.app", sha1: "AB:".repeat(19).concat("AB") }],
          ios: [{ bundleId: "com.Example.app" }, { bundleId: "com.example.app" }],
        },
      },
    });
    expect(key.restrictions).toEqual({
      ips: ["203.0.113.9", "198.51.100.0/24"],
      referrers: ["example.com", "https://example.com"],
      apps: {
        android: [{ package: "com.example.app", sha1: "ab".repeat(20) }],
        ios: [{ bundleId: "com.example.app" }],
      },
      apis: [],
    });
  });

  test("reports for every invalid entry where it is, how to write it and what may have been meant", async () => {
    const restrictions = {
      ips: ["198.51.100.7", "127.1"],
      referrers: ["*example.com"],
      apps: { android: [{ package: "example", sha1: "" }], ios: [{ bundleId: "a b" }] },
      apis: [{ api: "badges", operations: ["badges.list", "bagdes.*"] }],
    };
    const error = await makeKey(ctx, projectId, { restrictions }).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: "invalid",
      errors: [
        { path: "restrictions.ips.1", message: expect.stringContaining("four decimal numbers") },
        {
          path: "restrictions.referrers.0",
          message: expect.stringContaining("Did you mean “example.com” and “*.example.com”?"),
        },
        { path: "restrictions.apps.android.0" },
        { path: "restrictions.apps.ios.0" },
        { path: "restrictions.apis.0.operations.1" },
      ],
    });
    expect(await db.read.q.$count(db.read.t.keys)).toBe(0);
    const trial = makeKey(ctx, projectId, { trial: { ips: ["127.1"] } });
    await expect(trial).rejects.toMatchObject({ errors: [{ path: "trial.ips.0" }] });
  });

  test("returns what was saved, with its restriction types stored beside it, whatever was written", async () => {
    const { key } = await makeKey(ctx, projectId);
    await fc.assert(
      fc.asyncProperty(writtenRestrictions, async (written) => {
        const saved = (await update(key.id, { restrictions: written })).restrictions;
        expect((await update(key.id, { restrictions: saved })).restrictions).toEqual(saved);
        expect({ ...saved, apis: [] }).toEqual({ ...unique(canonical(written)), apis: [] });
        const [row] = await db.read.q.select().from(db.read.t.keys).where(eq(db.read.t.keys.id, key.id));
        expect(row?.restrictedBy).toBe(restrictedBy(saved));
      }),
      { numRuns: 25 },
    );
  });

  test("stores scopes sorted and once, none for an empty list, and rejects what the API doesn't declare", async () => {
    const apisOf = async (...apis: object[]) =>
      (await makeKey(ctx, projectId, { restrictions: { apis } as never })).key.restrictions.apis;
    expect(await apisOf({ api: "badges", scopes: ["badges:write", "badges:read", "badges:write"] })).toEqual([
      { api: "badges", operations: [], scopes: ["badges:read", "badges:write"] },
    ]);
    expect(await apisOf({ api: "badges", scopes: [] })).toEqual([{ api: "badges", operations: [] }]);
    const same = { api: "badges", scopes: ["badges:read"] };
    expect(
      await apisOf({ ...same, operations: ["badges.sync"] }, { ...same, operations: ["badges.list"] }),
    ).toEqual([{ ...same, operations: ["badges.list", "badges.sync"] }]);
    for (const [entries, at] of [
      [[{ api: "badges", scopes: ["bagdes:read"] }], "apis.0.scopes.0"],
      [[{ api: "badges", scopes: ["badges:read", "badges:*"] }], "apis.0.scopes.1"],
      [[{ api: "badges", scopes: [" "] }], "apis.0.scopes.0"],
      [[same, { api: "badges", operations: ["badges.sync"] }], "apis.1.scopes"],
      [[same, { api: "badges", scopes: ["badges:write"] }], "apis.1.scopes"],
    ] as const) {
      await expect(apisOf(...entries), at).rejects.toMatchObject({
        errors: [{ path: `restrictions.${at}` }],
      });
    }
  });

  test("keeps a scope that the API no longer declares, until it is removed", async () => {
    const restrictions = { apis: [{ api: "badges", operations: [], scopes: ["badges:read"] }] };
    const { key } = await makeKey(ctx, projectId, { restrictions });
    await db.write((tx) => tx.q.update(tx.t.apis).set({ scopes: [] }));
    expect((await update(key.id, { restrictions, name: "renamed" })).restrictions.apis).toEqual(
      restrictions.apis,
    );
    expect((await update(key.id, { restrictions: {} })).restrictions.apis).toEqual([]);
    await expect(update(key.id, { restrictions })).rejects.toMatchObject({ code: "invalid" });
  });

  test("stores a set with scopes in a form that versions without scopes can't evaluate", async () => {
    const raw = async (keyId: string) => {
      const { keys } = db.read.t;
      const [row] = await db.read.q
        .select({ set: sql<string>`cast(${keys.restrictions} as text)` })
        .from(keys)
        .where(eq(keys.id, keyId));
      return Object.keys(JSON.parse(row?.set ?? "")).sort();
    };
    const apis = [{ api: "badges", operations: [], scopes: ["badges:read"] }];
    const limited = await makeKey(ctx, projectId, { restrictions: { apis }, trial: { apis } });
    expect(await raw(limited.key.id)).toEqual(["apis", "apps", "ips", "referrers", "scopes"]);
    expect(limited.key.restrictions).toEqual({ ...NO_RESTRICTIONS, apis });
    const [row] = await db.read.q.select().from(db.read.t.keys).where(eq(db.read.t.keys.id, limited.key.id));
    expect([row?.restrictions, row?.reportOnly]).toEqual([
      { ...NO_RESTRICTIONS, apis },
      { ...NO_RESTRICTIONS, apis },
    ]);
    const other = await makeKey(ctx, projectId, { restrictions: { ips: ["198.51.100.7"] } });
    expect(await raw(other.key.id)).toEqual(["apis", "apps", "ips", "referrers"]);
  });

  test("rejects more than 1,000 entries in all", async () => {
    const ips = Array.from({ length: 600 }, (_, n) => `10.0.${n >> 8}.${n & 255}`);
    const referrers = Array.from({ length: 401 }, (_, n) => `site${n}.example.com`);
    await expect(async () => makeKey(ctx, projectId, { restrictions: { ips, referrers } })).rejects.toThrow(
      /1000|1,000/,
    );
  });
});

function unique<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    return [...new Map(value.map((one) => [JSON.stringify(one), one])).values()] as Value;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      Array.isArray(field) || name === "apps" ? unique(field) : field,
    ]),
  ) as Value;
}

describe("explaining a draft", () => {
  test("says for each entry what it means, what to note, or how to write it", async () => {
    const { kinds, total } = await explain({
      ips: ["198.51.100.7/24", "127.1"],
      referrers: ["*example.com"],
      apis: [
        { api: "badges", operations: ["badges.list", "nope"] },
        { api: "unknown", operations: [] },
      ],
    });
    // As counted for the limit: two addresses, a site, two operations and an API without operations.
    expect(total).toBe(6);
    expect(kinds.ips[0]).toMatchObject({
      ok: true,
      text: "198.51.100.0/24",
      notices: [{ code: "ip-host-bits" }],
    });
    expect(kinds.ips[1]).toMatchObject({ ok: false, code: "ip-short" });
    expect(kinds.referrers[0]).toMatchObject({ ok: false, suggestions: ["example.com", "*.example.com"] });
    expect(kinds.apis).toMatchObject([
      { ok: false, code: "operation-unknown", at: "operations.1" },
      { ok: false, code: "api-unknown", at: "api" },
    ]);
  });

  test("never fails, whatever is typed", async () => {
    // Postgres rejects NUL in every parameter.
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("\0", "a\0b", "\ud800"),
    );
    const lists = fc.record({
      ips: fc.array(text, { maxLength: 3 }),
      referrers: fc.array(text, { maxLength: 3 }),
      apps: fc.record({
        android: fc.array(fc.record({ package: text, sha1: text }), { maxLength: 2 }),
        ios: fc.array(fc.record({ bundleId: text }), { maxLength: 2 }),
      }),
      apis: fc.array(fc.record({ api: text, operations: fc.array(text, { maxLength: 2 }) }), {
        maxLength: 2,
      }),
    });
    await fc.assert(
      fc.asyncProperty(lists, async (written) => {
        expect((await explain(written)).kinds.ips).toHaveLength(written.ips.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe("finding keys by their restrictions", () => {
  test("finds unrestricted keys, and those with and without an application restriction", async () => {
    const make = (name: string, restrictions: object) => makeKey(ctx, projectId, { name, restrictions });
    await make("open", {});
    await make("api only", { apis: [{ api: "badges", operations: [] }] });
    await make("server", { ips: ["198.51.100.7"] });
    await make("web", { referrers: ["example.com"], apis: [{ api: "badges", operations: [] }] });
    const found = async (restricted: RestrictedFilter) => {
      const { items } = await listKeys({
        ctx,
        input: listKeysSchema.parse({ projectId, restricted, sort: "name" }),
      });
      return items.map(({ name }) => name);
    };
    expect(await found("none")).toEqual(["open"]);
    expect(await found("no-application")).toEqual(["api only", "open"]);
    expect(await found("application")).toEqual(["server", "web"]);
  });
});

describe("the policy that live keys need an application restriction", () => {
  const error = { code: "invalid", errors: [{ path: "restrictions" }] };
  const ips = ["198.51.100.7"];
  let oldKey: string;
  beforeEach(async () => {
    oldKey = (await makeKey(ctx, projectId)).key.id;
    const admin = ctxOf(db, await makeAdmin(db), { clock });
    await setPolicies({ ctx: admin, input: { liveKeysNeedApplicationRestriction: true } });
  });

  test("applies to new live keys and not to test keys", async () => {
    await expect(makeKey(ctx, projectId)).rejects.toMatchObject(error);
    const apis = [{ api: "badges", operations: [] }];
    await expect(makeKey(ctx, projectId, { restrictions: { apis } })).rejects.toMatchObject(error);
    expect((await makeKey(ctx, projectId, { restrictions: { ips } })).key.restrictions.ips).toEqual(ips);
    expect((await makeKey(ctx, projectId, { environment: "test" })).key.environment).toBe("test");
  });

  test("prevents removing the last one", async () => {
    const { key } = await makeKey(ctx, projectId, { restrictions: { ips } });
    await expect(update(key.id, { restrictions: {} })).rejects.toMatchObject(error);
    expect((await update(key.id, { restrictions: { referrers: ["example.com"] } })).restrictions.ips).toEqual(
      [],
    );
  });

  test("does not apply to old keys, even when something else of them changes", async () => {
    expect(await update(oldKey, { name: "till", restrictions: { apis: [{ api: "badges" }] } })).toMatchObject(
      { name: "till" },
    );
  });
});
