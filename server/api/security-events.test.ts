import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { type SecurityLine, SecurityLog } from "#domain/access/security/log.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { makeProject, makeUser, START } from "#test/people.ts";
import { API_ROUTES } from "./routes/index.ts";

let db: Db;
let lines: SecurityLine[];
let securityLog: SecurityLog;
let call: (token: string) => ReturnType<ReturnType<typeof apiOf>>;
beforeEach(async () => {
  db = await openTestDb();
  lines = [];
  const line = (events: SecurityLine) => lines.push(events);
  securityLog = new SecurityLog({ db, now: Date.now, line, onError: () => {} });
  call = apiOf(db, API_ROUTES, securityLog);
});

/** The records of this event, which are the same in the log and the audit log. */
async function recorded(event: string) {
  await securityLog.settled();
  const audit = await db.read.q.select().from(db.read.t.audit);
  const events = lines.filter((line) => line.event === event);
  expect(audit.filter(({ action }) => action === event)).toHaveLength(events.length);
  return events;
}

test("denied access is recorded: by role, by scope, and to what exists but the caller may not see", async () => {
  const [owner, stranger] = [await makeUser(db), await makeUser(db)];
  const projectId = await makeProject(db, owner);
  const api = call(await makeManagementToken(db, stranger.userId));
  expect((await api("GET", `/projects/${projectId}`)).status).toBe(404);
  expect((await api("GET", "/admin/users")).status).toBe(403);
  const narrow = call(await makeManagementToken(db, stranger.userId, ["keys:read"]));
  expect((await narrow("GET", "/projects")).status).toBe(403);
  // A request for what does not exist is not recorded.
  expect((await api("GET", "/projects/prj_none")).status).toBe(404);
  expect((await api("GET", "/projects")).status).toBe(200);
  expect(await recorded("access.denied")).toMatchObject([
    { route: "/api/v1/projects/{projectId}", code: "not-found", actor: stranger.userId, via: "token" },
    { route: "/api/v1/admin/users", code: "forbidden" },
    { route: "/api/v1/projects", code: "forbidden" },
  ]);
});

test("an invalid token is recorded with its id if known, and never with its text", async () => {
  const { userId } = await makeUser(db);
  const token = await makeManagementToken(db, userId);
  await db.write((tx) => tx.q.update(tx.t.managementTokens).set({ revokedAt: START }));
  const [row] = await db.read.q.select().from(db.read.t.managementTokens);
  expect((await call(token)("GET", "/me")).status).toBe(401);
  await db.write((tx) => tx.q.delete(tx.t.managementTokens));
  expect((await call(token)("GET", "/me")).status).toBe(401);
  const events = await recorded("managementToken.rejected");
  expect(events).toMatchObject([
    { subject: row?.id, reason: "revoked", address: "198.51.100.7" },
    { subject: "unknown", reason: "unknown" },
  ]);
  const all = JSON.stringify([lines, await db.read.q.select().from(db.read.t.audit)]);
  expect(all).not.toContain(token);
});

test("a token that has expired or is used from another IP address gets a problem that names the reason", async () => {
  const { userId } = await makeUser(db);
  const token = await makeManagementToken(db, userId);
  const set = (fields: { expiresAt?: number; allowedIps?: string[] }) =>
    db.write((tx) => tx.q.update(tx.t.managementTokens).set(fields));
  await set({ allowedIps: ["203.0.113.0/24"] });
  const denied = await call(token)("GET", "/me");
  expect(denied.json).toMatchObject({ status: 403, code: "IP_NOT_ALLOWED" });
  expect(denied.json.detail).toContain("198.51.100.7");
  const from = (address: string) => call(token)("GET", "/me", { headers: { [CLIENT_IP_HEADER]: address } });
  expect((await from("203.0.113.9")).status).toBe(200);
  await set({ expiresAt: START });
  const expired = await from("203.0.113.9");
  expect(expired.json).toMatchObject({ status: 401, detail: expect.stringContaining("expired") });
  expect(expired.headers.get("www-authenticate")).toBe("Bearer");
  const events = await recorded("managementToken.rejected");
  expect(events).toMatchObject([{ reason: "address" }, { reason: "expired" }]);
});

test("the first use of a token from each new IP address is recorded once", async () => {
  const { userId } = await makeUser(db);
  const api = call(await makeManagementToken(db, userId));
  const from = (address: string) => api("GET", "/me", { headers: { [CLIENT_IP_HEADER]: address } });
  for (const address of [
    "198.51.100.7",
    "198.51.100.7",
    "203.0.113.9",
    "198.51.100.7",
    // One client usually has the whole subnet.
    "2001:db8:0:1::1",
    "2001:db8:0:1::2",
  ])
    expect((await from(address)).status).toBe(200);
  const events = await recorded("managementToken.used-from-new-address");
  expect(events.map(({ address, first }) => [address, first])).toEqual([
    ["198.51.100.7", true],
    ["203.0.113.9", false],
    ["2001:db8:0:1::1", false],
  ]);
});
