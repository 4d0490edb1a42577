import { decode, encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { actorOfSession } from "#domain/access/accounts/sessions.ts";
import { signIn } from "#domain/access/accounts/sign-in.ts";
import { createUser } from "#domain/access/accounts/users.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, START, TEST_SETTINGS } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { providerCookie, providerSignInStart, renewedCookie, sessionTokenIn } from "./session-cookies.ts";

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
    const token = await sessionTokenIn(cookie, [SECRET]);
    return token === null ? null : actorOfSession({ db, settings: TEST_SETTINGS }, token, null, START);
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
  expect(await sessionTokenIn(await cookie(60), [SECRET])).toBe("abc");
  expect(await sessionTokenIn(await cookie(60), [`${SECRET}x`])).toBeNull();
  expect(await sessionTokenIn(await cookie(-60), [SECRET])).toBeNull();
  expect(await sessionTokenIn(await encode({ token: { sid: "abc" }, secret: "x" }), [])).toBeNull();
  expect(await sessionTokenIn("junk", [SECRET])).toBeNull();
  expect(await sessionTokenIn(undefined, [SECRET])).toBeNull();
});

test("a cookie of an accepted secret is renewed with the current one, and expires no later than before", async () => {
  const former = await encode({ token: { sid: "abc" }, secret: "former", maxAge: 600 });
  const secrets = [SECRET, "former"];
  expect(await sessionTokenIn(former, secrets)).toBe("abc");
  const renewed = await renewedCookie(former, secrets, Date.now());
  expect(renewed?.maxAge).toBeGreaterThan(590);
  expect(renewed?.maxAge).toBeLessThanOrEqual(600);
  const claims = await decode({ token: renewed?.value, secret: SECRET });
  expect(claims).toMatchObject({ sid: "abc" });
  expect(Number(claims?.exp)).toBeLessThanOrEqual(
    Number((await decode({ token: former, secret: "former" }))?.exp),
  );
  expect(await renewedCookie(renewed?.value, secrets, Date.now())).toBeNull();
  expect(await renewedCookie(former, [SECRET], Date.now())).toBeNull();
  expect(await renewedCookie("junk", secrets, Date.now())).toBeNull();
});

test("the start of a sign-in through a provider is read from the cookie that next-auth set, and only with its secret", async () => {
  const cookie = providerCookie("https://keys.example.com");
  expect(cookie.name).toBe("__Host-latchkey.state");
  const before = Math.floor(Date.now() / 1_000) * 1_000;
  // As next-auth's `signCookie` does.
  const value = await encode({ token: { value: "x" }, secret: SECRET, maxAge: 900, salt: cookie.name });
  const start = await providerSignInStart(value, cookie, SECRET);
  expect(start).toBeGreaterThanOrEqual(before);
  expect(start).toBeLessThanOrEqual(Date.now());
  for (const other of [undefined, "junk", await encode({ token: {}, secret: SECRET })])
    expect(await providerSignInStart(other, cookie, SECRET)).toBeUndefined();
  expect(await providerSignInStart(value, cookie, "another secret")).toBeUndefined();
});
