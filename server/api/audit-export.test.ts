import { beforeEach, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import { createProjectFixture, type ProjectFixture } from "#test/project-fixture.ts";

// Each export starts a process, which takes long on a busy machine. This only ends a test that hangs.
vi.setConfig({ testTimeout: 180_000 });

let db: Db;
let fixture: ProjectFixture;
beforeEach(async () => {
  db = await openTestDb();
  fixture = await createProjectFixture(db);
});

/** Rows with alternating actions: several pages of the list. Exports of several chunks: domain/audit/export.test.ts. */
async function fill() {
  const row = { via: "session", actorName: "Ada", projectId: fixture.projectId, subjectName: "x" };
  await db.write(({ q, t }) =>
    q.insert(t.audit).values(
      Array.from({ length: 500 }, (_, at) => ({
        ...row,
        id: `aud_${at}`,
        action: at % 2 === 0 ? "key.updated" : "project.updated",
        subjectId: `key_${at}`,
        at: START + at,
      })),
    ),
  );
}

/** All rows of the paginated list, oldest first. */
async function listed(path: string, query: string) {
  const rows: Record<string, unknown>[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const at: string = cursor && `&cursor=${cursor}`;
    const { json } = await fixture.call.admin("GET", `${path}?limit=200${query}${at}`);
    rows.push(...json.items);
    cursor = json.nextCursor;
  }
  return rows.reverse().map(({ actor, subject, ...rest }) => ({ ...rest, actor, subject }));
}

test("the export has every row of the list once, oldest first, with the same filters", async () => {
  await fill();
  await sealAudit(db);
  for (const [path, query] of [
    [`/projects/${fixture.projectId}/audit`, ""],
    ["/audit", ""],
    ["/audit", "&action=key"],
    ["/audit", `&from=${new Date(START + 400).toISOString()}&action=key.updated`],
  ] as const) {
    const { text, headers } = await fixture.call.admin("GET", `${path}/export?format=jsonl${query}`);
    expect(headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .map(({ actorId, actorName, subjectId, subjectName, chain, hash, ...rest }) => {
        expect([typeof chain, typeof hash]).toEqual(["number", "string"]);
        const [actor, subject] = [
          { id: actorId, name: actorName },
          { id: subjectId, name: subjectName },
        ];
        return { ...rest, actor, subject };
      });
    expect(rows).toEqual(await listed(path, query));
  }
  const csv = await fixture.call.admin("GET", "/audit/export?format=csv&action=key");
  expect(csv.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-[\w-]+\.csv"$/);
  expect(csv.text.trimEnd().split("\n")).toHaveLength((await listed("/audit", "&action=key")).length + 1);
});

test("administrators may export the site's log and owners their project's; others get 403 or 404", async () => {
  const path = `/projects/${fixture.projectId}/audit/export`;
  expect((await fixture.call.owner("GET", path)).status).toBe(200);
  expect((await fixture.call.developer("GET", path)).status).toBe(403);
  expect((await fixture.call.stranger("GET", path)).status).toBe(404);
  expect((await fixture.call.stranger("GET", "/projects/prj_none/audit/export")).status).toBe(404);
  expect((await fixture.call.owner("GET", "/audit/export")).status).toBe(403);
  expect((await fixture.call.stranger("GET", `/audit/export?projectId=${fixture.projectId}`)).status).toBe(
    404,
  );
  expect((await fixture.call.admin("GET", "/audit/export?format=xml")).status).toBe(400);
  const head = await fixture.call.admin("HEAD", "/audit/export");
  expect([head.status, head.text]).toEqual([200, ""]);
});
