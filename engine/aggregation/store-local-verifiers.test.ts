import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import {
  type LocalReports,
  type LocalVerifierRow,
  MAX_LISTED_PER_TOKEN,
  storeLocalVerifiers,
} from "./store-local-verifiers.ts";

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
});

const store = (reports: Partial<LocalReports>) =>
  db.write((tx) => storeLocalVerifiers(tx, { running: [], ended: [], ...reports }));
const service = (id: string, serviceTokenId: string, lastSeenAt = START): LocalVerifierRow => ({
  id,
  serviceTokenId,
  address: "web-1",
  version: "1.0.0",
  startedAt: START,
  lastSeenAt,
  feedSeq: 1,
});
const many = (serviceTokenId: string, lastSeenAt = START) =>
  Array.from({ length: MAX_LISTED_PER_TOKEN + 10 }, (_, at) =>
    service(`${serviceTokenId}_${lastSeenAt}_${at}`, serviceTokenId, lastSeenAt),
  );
const listed = async () => {
  const rows = await db.read.q.select().from(db.read.t.localVerifiers);
  return Object.fromEntries(
    [...Map.groupBy(rows, (row) => row.serviceTokenId)].map(([id, of]) => [id, of.length]),
  );
};

test("a token lists a bounded number of services, and takes the place of no other token's", async () => {
  await store({ running: many("svc_many") });
  await store({ running: [...many("svc_many", START + 1_000), service("loc_other", "svc_other")] });
  expect(await listed()).toEqual({ svc_many: MAX_LISTED_PER_TOKEN, svc_other: 1 });
});

test("services that were silent for a minute are replaced by new ones", async () => {
  await store({ running: many("svc_many") });
  await store({ running: [service("loc_new", "svc_many", START + 61_000)] });
  expect(await listed()).toEqual({ svc_many: 1 });
});

test("a service is neither replaced nor ended by a report with another token", async () => {
  await store({ running: [service("loc_ada", "svc_ada")] });
  await store({
    running: [service("loc_ada", "svc_evil", START + 5_000)],
    ended: [{ id: "loc_ada", serviceTokenId: "svc_evil" }],
  });
  const { q, t } = db.read;
  expect(await q.select().from(t.localVerifiers)).toMatchObject([
    { serviceTokenId: "svc_ada", lastSeenAt: START },
  ]);
  await store({ ended: [{ id: "loc_ada", serviceTokenId: "svc_ada" }] });
  expect(await listed()).toEqual({});
});
