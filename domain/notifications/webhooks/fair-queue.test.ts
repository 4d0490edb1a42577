import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeProject, makeUser } from "#test/people.ts";
import type { Ctx, Sealer, UserActor } from "../../context.ts";
import { createWebhook } from "./create.ts";
import { Deliverer, type DeliveryResult } from "./deliver.ts";
import { createWebhookSchema } from "./schema.ts";
import { testWebhook } from "./send.ts";

const GOOD: DeliveryResult = { status: 204, error: null, tookMs: 1, retryAfterMs: null };

let db: Db;
let clock: Clock;
let owner: UserActor;
let ctx: Ctx;
let deliverer: Deliverer;
/** The called hosts, in order. */
let called: string[];
/** Pending responses of slow receivers; they are sent at the end of each test. */
let held: ((outcome: DeliveryResult) => void)[];
let ending: boolean;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  called = [];
  held = [];
  ending = false;
  deliverer = new Deliverer({
    db,
    sealer: ctx.sealer as Sealer,
    now: clock.now,
    url: "https://keys.example.com",
    send: async (url) => {
      const { host } = new URL(url);
      called.push(host);
      return host.startsWith("slow") && !ending ? new Promise((answer) => held.push(answer)) : GOOD;
    },
    onError: (error) => expect.unreachable(String(error)),
  });
});
afterEach(async () => {
  ending = true;
  const stopped = deliverer.stop();
  for (const answer of held) answer(GOOD);
  await stopped;
});

const hook = async (projectId: string, host: string) => {
  const input = createWebhookSchema.parse({ projectId, url: `https://${host}/hooks` });
  const { webhook } = await createWebhook({ ctx, input });
  return { projectId, webhookId: webhook.id };
};
type Hook = Awaited<ReturnType<typeof hook>>;
const send = async (input: Hook, times = 1) => {
  for (let n = 0; n < times; n++) await testWebhook({ ctx, input });
};
/** A project with slow receivers and many due deliveries to each. */
const slowProject = async (hooks: number) => {
  const projectId = await makeProject(db, owner);
  for (let n = 0; n < hooks; n++) await send(await hook(projectId, `slow-${projectId}-${n}`), 5);
  return projectId;
};
/** Wakes the deliverer until this many calls were sent in total. */
const wakeUntil = (calls: { slow: number; quick: number }) =>
  vi.waitFor(async () => {
    await deliverer.wake();
    const slow = called.filter((host) => host.startsWith("slow")).length;
    expect({ slow, quick: called.length - slow }).toEqual(calls);
  });
/** Lets the first slow receiver answer after its turn is over. */
const answerLate = () => {
  clock.advance(10_000);
  held.shift()?.(GOOD);
};

test("a project with only slow receivers has at most two slots: another project's event is sent at once", async () => {
  await slowProject(10);
  clock.advance(1);
  await send(await hook(await makeProject(db, owner), "quick.example.com"));
  await wakeUntil({ slow: 2, quick: 1 });
});

test("if slow receivers have all slots, another project's event is sent as soon as one is free", async () => {
  for (let n = 0; n < 3; n++) await slowProject(3);
  await wakeUntil({ slow: 6, quick: 0 });
  const quick = await hook(await makeProject(db, owner), "quick.example.com");
  await send(quick);
  await wakeUntil({ slow: 6, quick: 1 });
  await slowProject(3);
  await wakeUntil({ slow: 8, quick: 1 });
  clock.advance(1);
  await send(quick);
  answerLate();
  await wakeUntil({ slow: 8, quick: 2 });
});

test("two slow receivers delay their project's other webhooks by one turn, not until they have everything", async () => {
  const projectId = await slowProject(2);
  await wakeUntil({ slow: 2, quick: 0 });
  await send(await hook(projectId, "quick.example.com"));
  answerLate();
  await wakeUntil({ slow: 2, quick: 1 });
});

test("a sixth test is rejected until one of the five has arrived, even if two arrive at once", async () => {
  const projectId = await makeProject(db, owner);
  const [slow, quick] = [
    await hook(projectId, "slow.example.com"),
    await hook(projectId, "quick.example.com"),
  ];
  await send(slow, 4);
  const both = await Promise.allSettled([send(slow), send(slow)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(send(slow)).rejects.toMatchObject({
    code: "conflict",
    message: "5 tests are still pending. Wait for them, or choose one in the log and send it again.",
  });
  await send(quick);
  await wakeUntil({ slow: 1, quick: 1 });
  answerLate();
  await deliverer.idle();
  await send(slow);
  await expect(send(slow)).rejects.toMatchObject({ code: "conflict" });
});
