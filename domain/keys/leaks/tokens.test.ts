import { eq } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { hashToken, hintOf } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeServiceToken, makeUser, START } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { createManagementToken } from "../../access/management-tokens/create.ts";
import { listManagementTokens } from "../../access/management-tokens/list.ts";
import { revokeManagementToken } from "../../access/management-tokens/revoke.ts";
import { rotateManagementToken } from "../../access/management-tokens/rotate.ts";
import { setPolicies } from "../../access/policies/set.ts";
import { createScimToken, listScimTokens } from "../../access/scim/tokens.ts";
import type { Ctx, Mail, UserActor } from "../../context.ts";
import { listLeakedTokens } from "./list-tokens.ts";
import { recordLeaks } from "./report.ts";

const PLACE = "https://gist.github.com/example/1";
const OTHER = "https://pastebin.example.com/2";
const clock = makeClock();
let db: Db;
let owner: UserActor & { email: string };
let admin: UserActor & { email: string };
let token: string;
let tokenId: string;
let mails: Mail[];
let system: Ctx;

beforeEach(async () => {
  db = await openTestDb();
  [owner, admin] = [await makeUser(db), await makeAdmin(db)];
  const created = await createManagementToken({ ctx: ctxOf(db, owner), input: { name: "deploy" } });
  [token, tokenId] = [created.token, created.managementToken.id];
  mails = [];
  system = ctxOf(db, { kind: "system" }, { clock, sendMail: async (mail) => void mails.push(mail) });
});

const report = (found: string, ...urls: string[]) =>
  recordLeaks(
    system,
    urls.map((url) => ({ token: found, url })),
    "github",
  );
async function makeScimToken(): Promise<{ id: string; token: string }> {
  const actor = { ...admin, session: { id: "ses_test", confirmedAt: START } };
  const { scimToken, token } = await createScimToken({ ctx: ctxOf(db, actor), input: { name: "Okta" } });
  return { id: scimToken.id, token };
}
const leakedFor = async (actor: UserActor) =>
  (await listLeakedTokens({ ctx: ctxOf(db, actor), input: {} })).items;
/** Rotates the token between the search for it and the transaction that records the report. */
function rotateBeforeWrite(overlapSeconds: number): void {
  const write = db.write.bind(db);
  vi.spyOn(db, "write").mockImplementationOnce(async (work) => {
    const input = { managementTokenId: tokenId, overlapSeconds };
    await rotateManagementToken({ ctx: ctxOf(db, owner, { clock }), input });
    return write(work);
  });
}
const receivers = () => mails.map(({ to }) => to).sort();

test("a management token found in public is reported to its owner and the administrators, and is not stored", async () => {
  expect([...(await report(token, PLACE, OTHER))]).toEqual([hashToken(token)]);
  expect(receivers()).toEqual([owner.email, admin.email].sort());
  for (const { subject, text } of mails) {
    expect(subject).toBe("The management token deploy was found in public");
    expect(text).toContain(`Found at ${PLACE} and in 1 other place.`);
  }
  expect(await leakedFor(owner)).toMatchObject([{ id: tokenId, owner: { id: owner.userId } }]);
  expect(await leakedFor(admin)).toMatchObject([{ id: tokenId }]);
  expect(await leakedFor(await makeUser(db))).toEqual([]);
  expect(await dump(db)).not.toContain(token);
});

test("many administrators are mailed a few at a time, and none once the mail server accepts nothing", async () => {
  for (let n = 0; n < 11; n++) await makeAdmin(db);
  let [open, most] = [0, 0];
  system.sendMail = async (mail) => {
    most = Math.max(most, ++open);
    await Promise.resolve();
    open--;
    mails.push(mail);
  };
  await report(token, PLACE);
  expect(new Set(receivers()).size).toBe(13);
  expect(most).toBe(5);
  let attempts = 0;
  system.sendMail = async () => {
    attempts++;
    throw new Error("connection refused");
  };
  await report(token, OTHER);
  expect(attempts).toBe(5);
});

test("the same place is reported once, and another place again", async () => {
  await report(token, PLACE);
  await report(token, PLACE);
  expect(mails).toHaveLength(2);
  await report(token, OTHER);
  expect(mails).toHaveLength(4);
  expect(await leakedFor(owner)).toMatchObject([{ url: OTHER }]);
});

test("a revoked token is ignored, and its notification disappears", async () => {
  await report(token, PLACE);
  await revokeManagementToken({ ctx: ctxOf(db, owner), input: { managementTokenId: tokenId } });
  expect(await leakedFor(owner)).toEqual([]);
  mails = [];
  expect((await report(token, OTHER)).size).toBe(0);
  expect(mails).toEqual([]);
});

test("the old secret of a rotated token is reported while it works, and is no leak once its overlap is over", async () => {
  const ctx = ctxOf(db, owner, { clock });
  await rotateManagementToken({ ctx, input: { managementTokenId: tokenId, overlapSeconds: 60 } });
  await report(token, PLACE);
  expect(await leakedFor(owner)).toMatchObject([{ id: tokenId, hint: hintOf(token) }]);
  const asOwner = (nowMs: number) => ctxOf(db, owner, { now: () => nowMs });
  const later = clock.now() + 60_000;
  expect((await listLeakedTokens({ ctx: asOwner(later), input: {} })).items).toEqual([]);
  const afterwards = ctxOf(db, { kind: "system" }, { now: () => later });
  expect((await recordLeaks(afterwards, [{ token, url: OTHER }], "github")).size).toBe(0);
});

test("a rotation that ends the reported secret while the report is recorded leaves the new one working", async () => {
  const live = { live: "disable", test: "tell" } as const;
  await setPolicies({ ctx: ctxOf(db, admin), input: { leakedKeys: live } });
  rotateBeforeWrite(0);
  await report(token, PLACE);
  const { items } = await listManagementTokens({ ctx: ctxOf(db, owner), input: { limit: 50 } });
  expect(items[0]).toMatchObject({ id: tokenId, revokedAt: null });
  expect(mails).toEqual([]);
  expect(await leakedFor(owner)).toEqual([]);
});

test("a rotation that keeps the reported secret for its overlap does not hide it from a report", async () => {
  const live = { live: "disable", test: "tell" } as const;
  await setPolicies({ ctx: ctxOf(db, admin), input: { leakedKeys: live } });
  rotateBeforeWrite(60);
  await report(token, PLACE);
  const { items } = await listManagementTokens({ ctx: ctxOf(db, owner), input: { limit: 50 } });
  expect(items[0]?.revokedAt).not.toBeNull();
});

test("a management token ends if the rule disables live keys", async () => {
  const live = { live: "disable", test: "tell" } as const;
  await setPolicies({ ctx: ctxOf(db, admin), input: { leakedKeys: live } });
  await report(token, PLACE);
  const { items } = await listManagementTokens({ ctx: ctxOf(db, owner), input: { limit: 50 } });
  expect(items[0]?.revokedAt).not.toBeNull();
  expect(mails.find(({ to }) => to === owner.email)?.text).toContain("It was revoked.");
});

test("a service token is reported to administrators only, and keeps working whatever the rule says", async () => {
  const live = { live: "disable", test: "disable" } as const;
  await setPolicies({ ctx: ctxOf(db, admin), input: { leakedKeys: live } });
  const service = await makeServiceToken(db);
  expect((await report(service.token, PLACE)).size).toBe(1);
  expect(receivers()).toEqual([admin.email]);
  expect(await leakedFor(admin)).toMatchObject([{ id: service.id, owner: null, url: PLACE }]);
  expect(await leakedFor(owner)).toEqual([]);
});

test("a SCIM token is reported to administrators only, and its page is linked", async () => {
  const scim = await makeScimToken();
  expect((await report(`SCIM_TOKEN=${scim.token}`, PLACE)).size).toBe(1);
  expect(receivers()).toEqual([admin.email]);
  expect(mails[0]?.subject).toBe("The SCIM token Okta was found in public");
  expect(mails[0]?.text).toContain("/admin/provisioning");
  expect(await leakedFor(admin)).toMatchObject([
    { kind: "scimToken", id: scim.id, owner: null, project: null, url: PLACE },
  ]);
  expect(await leakedFor(owner)).toEqual([]);
  expect(await dump(db)).not.toContain(scim.token);
});

test("a SCIM token ends if the rule disables live keys", async () => {
  const live = { live: "disable", test: "tell" } as const;
  await setPolicies({ ctx: ctxOf(db, admin), input: { leakedKeys: live } });
  const scim = await makeScimToken();
  await report(scim.token, PLACE);
  const [row] = await listScimTokens({ ctx: ctxOf(db, admin) });
  expect(row?.revokedAt).not.toBeNull();
  expect(mails[0]?.text).toContain("It was revoked.");
  expect(await leakedFor(admin)).toEqual([]);
  expect(await db.read.q.$count(db.read.t.audit, eq(db.read.t.audit.action, "scimToken.revoked"))).toBe(1);
});

test("reports of one token at ever more places add at most 20 audit rows, and mail only about those", async () => {
  for (let n = 0; n < 24; n++) await report(token, `${PLACE}/${n}`);
  const { audit } = db.read.t;
  expect(await db.read.q.$count(audit, eq(audit.action, "managementToken.leaked"))).toBe(20);
  // One to the token's user and one to the administrator.
  expect(mails).toHaveLength(40);
});
