import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import type { LeakAction } from "../../access/policies/schema.ts";
import { setPolicies } from "../../access/policies/set.ts";
import type { Ctx, UserActor } from "../../context.ts";
import { listNotifications } from "../../notifications/list.ts";
import { restoreKey } from "../restore.ts";
import { revokeKey } from "../revoke.ts";
import { rotateKey } from "../rotate.ts";
import { updateKey } from "../update.ts";
import { recordLeaks } from "./report.ts";

const clock = makeClock();
let db: Db;
let ctx: Ctx;
let colleague: UserActor;
let key: { projectId: string; keyId: string };
let secret: string;

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  const projectId = await makeProject(db, owner);
  colleague = await makeMember(db, projectId, "developer");
  const created = await makeKey(ctx, projectId, { name: "checkout" });
  key = { projectId, keyId: created.key.id };
  secret = created.secret;
});

const rule = async (live: LeakAction) =>
  setPolicies({ ctx: ctxOf(db, await makeAdmin(db)), input: { leakedKeys: { live, test: "tell" } } });
const report = () =>
  recordLeaks(ctxOf(db, { kind: "system" }, { clock }), [{ token: secret, url: "" }], "github");
const revoke = () => revokeKey({ ctx, input: key });
const restore = async () => (await restoreKey({ ctx, input: key })).status;
const textOf = async (kind: string) => {
  const { items } = await listNotifications({
    ctx: ctxOf(db, colleague),
    input: { limit: 50, unread: false },
  });
  return items.find((notice) => notice.kind === kind)?.text;
};

describe("a key that is restored with a leaked secret", () => {
  test("is disabled if it leaked while revoked and the rule says so, with an explanation", async () => {
    await rule("disable");
    await revoke();
    await report();
    expect(await restore()).toBe("disabled");
    expect(await textOf("key.restored")).toContain("It is disabled because");
  });

  test("is disabled even if it leaked before the rule was set", async () => {
    await report();
    await revoke();
    await rule("disable");
    expect(await restore()).toBe("disabled");
    await expect(updateKey({ ctx, input: { ...key, enabled: true } })).rejects.toThrow(/Rotate the key/);
    const { key: rotated } = await rotateKey({ ctx, input: { ...key, overlapSeconds: 3_600 } });
    expect([rotated.status, rotated.secrets.length]).toEqual(["active", 1]);
  });

  test("is restored unchanged if the rule only notifies, or once that secret has ended", async () => {
    await report();
    await revoke();
    expect(await restore()).toBe("active");
    expect(await textOf("key.restored")).toBe("");
    await rule("disable");
    await rotateKey({ ctx, input: { ...key, overlapSeconds: 0 } });
    clock.advance(1_000);
    await revoke();
    expect(await restore()).toBe("active");
  });
});

describe("a report says of the secret", () => {
  test("that it comes back with its key, while the key is revoked or disabled", async () => {
    await revoke();
    await report();
    expect(await textOf("key.leaked")).toContain("will work again if its key is enabled or restored");
  });

  test("that there is nothing to do, once it has ended or its key can't come back", async () => {
    await revoke();
    clock.advance(30 * DAY_MS);
    await report();
    expect(await textOf("key.leaked")).toContain("there is nothing to do");
  });

  test("that it still works, while it does", async () => {
    await report();
    expect(await textOf("key.leaked")).toContain("It still works");
  });
});
