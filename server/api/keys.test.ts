import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { makeAdmin, makeProject, makeUser } from "#test/people.ts";

let db: Db;
let token: string;
let userId: string;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const user = await makeUser(db);
  userId = user.userId;
  token = await makeManagementToken(db, userId);
  projectId = await makeProject(db, user);
});
const api = (as: string | null = token) => apiOf(db)(as);

test("keys are listed by tag, external ID and entries of their metadata", async () => {
  const keys = `/projects/${projectId}/keys`;
  const fields = { tags: ["eu"], externalId: "cus_7", metadata: { plan: "pro", "a.b": 1 } };
  const body = { name: "k", environment: "live", ...fields };
  const { key } = (await api()("POST", keys, { body })).json;
  expect(key).toMatchObject(fields);
  await api()("POST", keys, { body: { ...body, tags: [], externalId: null, metadata: {} } });
  const found = async (query: string) => (await api()("GET", `${keys}?${query}`)).json.total;
  for (const query of [
    "q=cus",
    "tag=EU",
    "externalId=cus_7",
    "metadata.plan=pro",
    "metadata.a.b=1&metadata.plan=pro",
  ])
    expect(await found(query), query).toBe(1);
  expect(await found("metadata.plan=pro&metadata.a.b=2")).toBe(0);
  const many = Array.from({ length: 6 }, (_, at) => `metadata.m${at}=1`).join("&");
  for (const [query, path] of [
    ["metadata=pro", "metadata"],
    ["metadata.__proto__=pro", "metadata.__proto__"],
    ["metadata.=pro", "metadata."],
    ["tag.x=1", "tag.x"],
    ["metadata.plan=pro&metadata.plan=free", "metadata.plan"],
    [many, "metadata"],
  ]) {
    const answer = await api()("GET", `${keys}?${query}`);
    expect([answer.status, answer.json.errors], query).toMatchObject([400, [{ path }]]);
  }
});

test("metadata is stored exactly or rejected with its path, never changed", async () => {
  const make = (metadata: string) =>
    api()("POST", `/projects/${projectId}/keys`, {
      raw: `{"name": "exact", "environment": "live", "metadata": ${metadata}}`,
    });
  for (const number of ["12345678901234567890", "1e400", "-1e400", "1e-400", "0.1000000000000000055"]) {
    const answer = await make(`{"fine": 1, "account": ${number}}`);
    expect([answer.status, answer.json.errors], number).toMatchObject([400, [{ path: "metadata.account" }]]);
  }
  const odd = await make('{"__proto__": "x", "fine": 1}');
  expect([odd.status, odd.json.errors]).toMatchObject([400, [{ path: "metadata.__proto__" }]]);
  const kept = await make(
    '{"a": 1.50, "b": 9007199254740991, "c": "12345678901234567890", "constructor": true}',
  );
  expect(kept.status).toBe(201);
  const metadata = { a: 1.5, b: 9007199254740991, c: "12345678901234567890", constructor: true };
  expect(kept.json.key.metadata).toEqual(metadata);
  const change = await api()("PATCH", `/projects/${projectId}/keys/${kept.json.key.id}`, {
    raw: '{"metadata": {"account": 12345678901234567890}}',
  });
  expect(change.status).toBe(400);
});

test.each([
  ["invisible", "pl\u200ban"],
  ["bidirectional", "pl\u202ean"],
  ["isolating", "\u2066plan\u2069"],
  ["separating", "a\u2028b"],
  ["nothing to see", "\u2800"],
  ["a space", " plan"],
  ["decomposed", "re\u0301gion"],
])("a metadata name that would be cleaned as the name of a key is rejected: %s", async (_, name) => {
  const body = { name: "k", environment: "live", metadata: { [name]: "pro" } };
  const answer = await api()("POST", `/projects/${projectId}/keys`, { body });
  expect(answer.status).toBe(400);
  expect(answer.json.errors[0].path).toMatch(/^metadata/);
  const readable = { région: "eu", "tier 2": 1, "👩\u200d💻": true };
  const created = await api()("POST", `/projects/${projectId}/keys`, {
    body: { ...body, metadata: readable },
  });
  expect(created.json.key.metadata).toEqual(readable);
});

test("a row of an import with a number that would change fails, and no other row", async () => {
  const row = (name: string, number: string) =>
    `{"name": "${name}", "environment": "live", "token": "old_${name.repeat(32)}", "metadata": {"n": ${number}}}`;
  const rows = [row("a", "1.50"), row("b", "12345678901234567890"), row("c", "1e400"), row("d", '"1e400"')];
  const shape = '{"prefix": "old_", "minLength": 36, "maxLength": 36}';
  const { status, json } = await api()("POST", `/projects/${projectId}/keys/import`, {
    raw: `{"shape": ${shape}, "keys": [${rows.join(", ")}]}`,
  });
  expect([status, json.created, json.failed]).toEqual([200, 2, 2]);
  const errors = [
    { path: "metadata.n", message: "This can't be kept exactly as a number: send it as a string." },
  ];
  expect(json.results.map((result: { errors: unknown }) => result.errors)).toEqual([[], errors, errors, []]);
});

test("a row of an import with a repeated name fails, and no other row", async () => {
  const row = (more: string, at: number) =>
    `{"name": "k", "environment": "live", "token": "old_${String(at).repeat(20)}"${more}}`;
  const rows = [
    row("", 1),
    row(', "metadata": {"a": 1, "a": 2}', 2),
    row(', "name": "other"', 3),
    row(', "metadata": {"a": 1}, "metadata": {"b": 2}', 4),
    row(', "metadata": {"a": 12345678901234567890, "b": 1, "b": 2}', 5),
    row("", 6),
  ];
  const shape = '{"prefix": "old_", "minLength": 24, "maxLength": 24}';
  const { status, json } = await api()("POST", `/projects/${projectId}/keys/import`, {
    raw: `{"shape": ${shape}, "keys": [${rows.join(", ")}]}`,
  });
  expect([status, json.created, json.failed]).toEqual([200, 2, 4]);
  const message = "Enter one value: this field has several.";
  expect(json.results.map(({ errors }: { errors: unknown[] }) => errors)).toEqual([
    [],
    [{ path: "metadata.a", message }],
    [{ path: "name", message }],
    [{ path: "metadata", message }],
    expect.arrayContaining([{ path: "metadata.b", message }]),
    [],
  ]);
});

test("a large import of an administrator is checked like a small one", async () => {
  const admin = await makeAdmin(db);
  const adminToken = await makeManagementToken(db, admin.userId);
  const row = (at: number, more: string) =>
    `{"name": "k", "environment": "live", "token": "old_${String(at).repeat(20)}"${more}}`;
  const padding = `, "note": "${"x".repeat(300_000)}"`;
  const rows = [
    row(1, ', "metadata": {"a": 1, "a": 2}'),
    row(2, ', "metadata": {"a": 12345678901234567890}'),
    row(3, padding),
    row(4, ""),
  ];
  const shape = '{"prefix": "old_", "minLength": 24, "maxLength": 24}';
  const { status, json } = await api(adminToken)("POST", `/projects/${projectId}/keys/import`, {
    raw: `{"shape": ${shape}, "keys": [${rows.join(", ")}]}`,
  });
  expect([status, json.created, json.failed]).toEqual([200, 1, 3]);
  expect(json.results.map(({ status: of }: { status: string }) => of)).toEqual([
    "failed",
    "failed",
    "failed",
    "created",
  ]);
});

test("a duplicate field or metadata name is rejected with its path, never dropped silently", async () => {
  const make = (raw: string) => api()("POST", `/projects/${projectId}/keys`, { raw });
  const twice = await make(
    '{"name": "k", "environment": "live", "metadata": {"team": "a", "te\\u0061m": "b"}}',
  );
  expect([twice.status, twice.json.errors]).toEqual([
    400,
    [{ path: "metadata.team", message: "is given more than once" }],
  ]);
  const fields = await make('{"name": "k", "environment": "live", "metadata": {"a": 1}, "metadata": {}}');
  expect([fields.status, fields.json.errors]).toMatchObject([400, [{ path: "metadata" }]]);
  const { key } = (await make('{"name": "k", "environment": "live", "metadata": {"team": "a"}}')).json;
  const change = await api()("PATCH", `/projects/${projectId}/keys/${key.id}`, {
    raw: '{"metadata": {"team": "b", "team": "c"}}',
  });
  expect(change.status).toBe(400);
});
