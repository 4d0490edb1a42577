import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { setPolicies } from "../../../access/policies/set.ts";
import { listNotifications } from "../../../notifications/list.ts";
import { recordLeaks } from "../../leaks/report.ts";
import { getKey } from "../../list.ts";
import { previewSweep } from "./preview.ts";
import { listSweptKeys } from "./read.ts";
import { runSweeps } from "./run-sweeps.ts";
import { previewSweepSchema } from "./schema.ts";
import { startSweep, undoSweep } from "./start.ts";

test("undoing a sweep disables keys that leaked meanwhile, by the site's rule, with an explanation", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const clock = makeClock();
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin, { clock });
  const work = () => runSweeps({ read: db.read, contextFor: () => ctx, clock: () => 0 });
  const statusOf = async (keyId: string) => (await getKey({ ctx, input: { projectId, keyId } })).status;
  const make = (name: string, environment: "live" | "test") =>
    makeKey(ctxOf(db, owner, { clock: makeClock(START - 200 * DAY_MS) }), projectId, { name, environment });
  const [leaked, other, notifyOnly] = [
    await make("leaked", "live"),
    await make("other", "live"),
    await make("notify-only", "test"),
  ];
  const { id: sweepId } = await previewSweep({
    ctx,
    input: previewSweepSchema.parse({ filter: { unusedForDays: 90 }, reason: "nobody uses them" }),
  });
  await startSweep({ ctx, input: { sweepId } });
  await work();
  await setPolicies({ ctx, input: { leakedKeys: { live: "disable", test: "tell" } } });
  const system = ctxOf(db, { kind: "system" }, { clock });
  await recordLeaks(
    system,
    [leaked, notifyOnly].map(({ secret }) => ({ token: secret, url: "" })),
    "github",
  );
  await undoSweep({ ctx, input: { sweepId } });
  await work();
  expect([
    await statusOf(leaked.key.id),
    await statusOf(other.key.id),
    await statusOf(notifyOnly.key.id),
  ]).toEqual(["disabled", "active", "active"]);
  const { items } = await listSweptKeys({ ctx, input: { sweepId, limit: 50, state: "restored" } });
  expect(new Map(items.map(({ name, note }) => [name, note]))).toEqual(
    new Map([
      ["leaked", "Restored but disabled: one of its secrets was found in public."],
      ["other", null],
      ["notify-only", null],
    ]),
  );
  const { audit } = db.read.t;
  const traces = await db.read.q
    .select()
    .from(audit)
    .where(eq(audit.subjectId, leaked.key.id))
    .orderBy(audit.seq);
  expect(traces.slice(-2)).toMatchObject([
    { action: "key.restored" },
    { action: "key.disabled", before: { enabled: true }, after: { enabled: false } },
  ]);
  const notices = await listNotifications({ ctx: ctxOf(db, owner), input: { limit: 50, unread: false } });
  expect(notices.items.find(({ kind }) => kind === "keys.restored")?.text).toContain(
    "1 of them are disabled",
  );
});
