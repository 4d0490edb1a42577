import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { actorOfSession } from "#domain/access/accounts/sessions.ts";
import { signIn } from "#domain/access/accounts/sign-in.ts";
import { createUser } from "#domain/access/accounts/users.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, START } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { sessionTokenIn } from "./session-cookies.ts";

const SECRET = "the-auth-secret-of-this-deployment-0123456789";
const ADA = { email: "ada@example.com", password: "a long enough password" };

test("a copy of the database and of auth-secret signs nobody in", async () => {
  const db = await openTestDb();
  const input = { ...ADA, name: "Ada", siteRole: "admin" as const };
  await createUser({ ctx: ctxOf(db, { kind: "system" }), input });
  const ctx = ctxOf(db, { kind: "visitor", ipAddress: "198.51.100.7" });
  const { sessionToken } = await signIn({ ctx, input: ADA, userAgent: null });

  const signedInBy = async (sid: string) => {
    const cookie = await encode({ token: { sid }, secret: SECRET });
    const token = await sessionTokenIn(cookie, SECRET);
    return token === null ? null : actorOfSession(db, token, null, START);
  };
  expect(await signedInBy(sessionToken)).toMatchObject({ kind: "user", name: "Ada" });
  // Whatever the copy holds, put into a cookie that the stolen secret signs.
  const stored = [...(await dump(db)).matchAll(/[\w-]{8,}/g)].map(([text]) => text);
  const { hash, id } = (await db.read.q.select().from(db.read.t.sessions))[0] ?? {};
  expect(stored).toEqual(expect.arrayContaining([hash, id]));
  expect(stored).not.toContain(sessionToken);
  for (const text of new Set(stored)) expect(await signedInBy(text), text).toBeNull();
});

test("a session cookie is valid only with the secret it was created with, and only until it expires", async () => {
  const cookie = (maxAge: number) => encode({ token: { sid: "abc" }, secret: SECRET, maxAge });
  expect(await sessionTokenIn(await cookie(60), SECRET)).toBe("abc");
  expect(await sessionTokenIn(await cookie(60), `${SECRET}x`)).toBeNull();
  expect(await sessionTokenIn(await cookie(-60), SECRET)).toBeNull();
  expect(await sessionTokenIn(await encode({ token: { sid: "abc" }, secret: "x" }), "")).toBeNull();
  expect(await sessionTokenIn("junk", SECRET)).toBeNull();
  expect(await sessionTokenIn(undefined, SECRET)).toBeNull();
});
