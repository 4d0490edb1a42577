import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { type SecurityLine, SecurityLog } from "#domain/access/security/log.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { makeProject, makeUser, START } from "#test/people.ts";
import { CLIENT_ADDRESS_HEADER } from "../client-address.ts";
import { API_ROUTES } from "./routes/index.ts";

let db: Db;
let lines: SecurityLine[];
let securityLog: SecurityLog;
let call: (token: string) => ReturnType<ReturnType<typeof apiOf>>;
beforeEach(async () => {
  db = await openTestDb();
  lines = [];
  const line = (said: SecurityLine) => lines.push(said);
  securityLog = new SecurityLog({ db, now: Date.now, line, onError: () => {} });
  call = apiOf(db, API_ROUTES, securityLog);
});

/** What was noted of this event, in the log and the audit log alike. */
async function noted(event: string) {
  await securityLog.settled();
  const audit = await db.read.q.select().from(db.read.t.audit);
  const said = lines.filter((line) => line.event === event);
  expect(audit.filter(({ action }) => action === event)).toHaveLength(said.length);
  return said;
}

test("refused authorisations are noted: by role, by scope, and what exists but is not the asker's", async () => {
  const [owner, stranger] = [await makeUser(db), await makeUser(db)];
  const projectId = await makeProject(db, owner);
  const api = call(await makeManagementToken(db, stranger.userId));
  expect((await api("GET", `/projects/${projectId}`)).status).toBe(404);
  expect((await api("GET", "/admin/users")).status).toBe(403);
  const narrow = call(await makeManagementToken(db, stranger.userId, ["keys:read"]));
  expect((await narrow("GET", "/projects")).status).toBe(403);
  // What does not exist was refused to nobody.
  expect((await api("GET", "/projects/prj_none")).status).toBe(404);
  expect((await api("GET", "/projects")).status).toBe(200);
  expect(await noted("access.denied")).toMatchObject([
    { route: "/api/v1/projects/{projectId}", code: "not-found", actor: stranger.userId, via: "token" },
    { route: "/api/v1/admin/users", code: "forbidden" },
    { route: "/api/v1/projects", code: "forbidden" },
  ]);
});

test("a token that does not work is noted with its id, where it is known, and never with itself", async () => {
  const { userId } = await makeUser(db);
  const token = await makeManagementToken(db, userId);
  await db.write((tx) => tx.q.update(tx.t.managementTokens).set({ revokedAt: START }));
  const [row] = await db.read.q.select().from(db.read.t.managementTokens);
  expect((await call(token)("GET", "/me")).status).toBe(401);
  await db.write((tx) => tx.q.delete(tx.t.managementTokens));
  expect((await call(token)("GET", "/me")).status).toBe(401);
  const said = await noted("managementToken.rejected");
  expect(said).toMatchObject([
    { subject: row?.id, reason: "revoked", address: "198.51.100.7" },
    { subject: "unknown", reason: "unknown" },
  ]);
  const all = JSON.stringify([lines, await db.read.q.select().from(db.read.t.audit)]);
  expect(all).not.toContain(token);
});

test("the use of a token from an address it was not used from before is noted, once for each", async () => {
  const { userId } = await makeUser(db);
  const api = call(await makeManagementToken(db, userId));
  const from = (address: string) => api("GET", "/me", { headers: { [CLIENT_ADDRESS_HEADER]: address } });
  for (const address of [
    "198.51.100.7",
    "198.51.100.7",
    "203.0.113.9",
    "198.51.100.7",
    // One caller has all addresses of such a subnet.
    "2001:db8:0:1::1",
    "2001:db8:0:1::2",
  ])
    expect((await from(address)).status).toBe(200);
  const said = await noted("managementToken.used-from-new-address");
  expect(said.map(({ address, first }) => [address, first])).toEqual([
    ["198.51.100.7", true],
    ["203.0.113.9", false],
    ["2001:db8:0:1::1", false],
  ]);
});
