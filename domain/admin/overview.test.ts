import { expect, test } from "vitest";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeProject, START } from "#test/people.ts";
import { revokeKey } from "../keys/revoke.ts";
import { suspendProject } from "../projects/suspend.ts";
import { readSiteOverview } from "./overview.ts";

const HOUR = 3_600_000;

test("the site's figures count what is in force, and the checks of one day", async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin);
  const projectId = await makeProject(db, admin);
  await makeKey(ctx, projectId);
  const { key } = await makeKey(ctx, projectId);
  await revokeKey({ ctx, input: { projectId, keyId: key.id } });
  await suspendProject({ ctx, input: { projectId } });
  const bucketed = { secretId: "", operation: "", environment: "" as const, interval: "hour" as const };
  await db.write(async (tx) => {
    const line = { ...bucketed, projectId, keyId: key.id, api: "badges" };
    await tx.q.insert(tx.t.usage).values([
      { ...line, bucket: START, code: "VALID", count: 7 },
      { ...line, bucket: START - 23 * HOUR, code: "KEY_REVOKED", count: 2 },
      { ...line, bucket: START - 24 * HOUR, code: "VALID", count: 100 },
      // The same checks, counted by the day.
      { ...line, interval: "day", bucket: START - 12 * HOUR, code: "VALID", count: 7 },
      { ...line, projectId: "", keyId: "", bucket: START, code: "KEY_NOT_FOUND", count: 1 },
    ]);
  });
  expect(await readSiteOverview({ ctx, input: {} })).toEqual({
    users: 1,
    projects: 1,
    suspendedProjects: 1,
    apis: 0,
    serviceTokens: 0,
    pendingAccess: 0,
    activeKeys: 1,
    unrestrictedLive: 1,
    liveWithoutApplication: 1,
    checks: 10,
    refused: 3,
  });
});
