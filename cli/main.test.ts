import { verify } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { hashToken } from "#core/tokens.ts";
import { openDb } from "#db/open.ts";
import { expectError, run, runInProcess, setUpDataDir } from "#test/cli.ts";
import { makeEmptyDatabase, makeTestDatabase } from "#test/db.ts";
import { makeAdmin, makeProject, makeUser, START } from "#test/people.ts";
import { startSmtp } from "#test/smtp.ts";

// Each command runs once or more in a process, and otherwise in this one.
setUpDataDir();

test("migrate applies all migrations to an empty database, and reports when there is nothing to do", async () => {
  const env = { DATABASE_URL: await makeEmptyDatabase() };
  expectError(
    await run("token create --user a@b.c --name ci", env),
    /no Latchkey database at .*; set LATCHKEY_DATA_DIR or DATABASE_URL .* run: .* migrate/,
  );
  expect(await run("migrate", env)).toMatchObject({ code: 0, err: "" });
  expect((await run("migrate", env)).out).toBe("The database is up to date.\n");
});

test("token create prints a working management token and nothing else", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const { email, userId } = await makeUser(db);
  const ran = await run(`token create --user ${email.toUpperCase()} --name "nightly job"`, env);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toMatch(/^lk_mgt_[0-9A-Za-z]{36}\n$/);
  const [row] = await db.read.q.select().from(db.read.t.managementTokens);
  expect(row).toMatchObject({ userId, name: "nightly job", hash: hashToken(ran.out.trim()) });
  const [trace] = await db.read.q.select().from(db.read.t.audit);
  expect(trace).toMatchObject({ action: "managementToken.created", actorId: userId, via: "cli" });
  await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: START }));
  expectError(await runInProcess(`token create --user ${email} --name a`, env), /is disabled/);
  await db.close();
});

test("user change-email changes the address, and names a taken or unknown one in one line", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const { email, userId } = await makeUser(db);
  const other = await makeUser(db);
  const change = (from: string, to: string, start = runInProcess) =>
    start(`user change-email --email ${from} --to ${to}`, env);
  expect(await change(email, "New@Example.com", run)).toMatchObject({
    code: 0,
    err: "",
    out: "The account signs in with new@example.com from now on.\n",
  });
  const [row] = await db.read.q.select().from(db.read.t.users).where(eq(db.read.t.users.id, userId));
  expect(row).toMatchObject({ email: "new@example.com", emailVerifiedAt: null });
  expectError(await change("new@example.com", other.email), /already an account with this email address/);
  expectError(await change(email, "x@example.com"), /no account has the email address/);
  expectError(await change("new@example.com", "x"), /--to: /);
  await db.close();
});

test("user delete removes the name from everything that stays, and needs --yes", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const { email, userId } = await makeUser(db, { name: "Grace Hopper" });
  await makeAdmin(db);
  expectError(await runInProcess(`user delete --email ${email}`, env), /can't be undone; add --yes/);
  const ran = await run(`user delete --email ${email} --yes`, env);
  expect(ran).toMatchObject({ code: 0, err: "", out: `Deleted the account (${userId}).\n` });
  const rows = JSON.stringify(await db.read.q.select().from(db.read.t.users));
  expect(rows).not.toContain("Grace Hopper");
  expect(rows).not.toContain(email);
  expectError(
    await runInProcess(`user delete --email ${email} --yes`, env),
    /no account has the email address/,
  );
  await db.close();
});

test("token create --project prints a token of the project, for an owner of it only", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const owner = await makeUser(db);
  const stranger = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const create = (email: string, more: string, start = runInProcess) =>
    start(`token create --user ${email} --name ci --project ${projectId} ${more}`, env);
  const ran = await create(owner.email, "--role developer", run);
  expect(ran).toMatchObject({ code: 0, err: "" });
  const [row] = await db.read.q.select().from(db.read.t.managementTokens);
  const createdBy = owner.userId;
  expect(row).toMatchObject({ userId: null, projectId, createdBy, hash: hashToken(ran.out.trim()) });
  expectError(await create(owner.email, ""), /--role: Choose viewer or developer/);
  expectError(await create(owner.email, "--role owner"), /--role: Choose viewer or developer/);
  expectError(await create(stranger.email, "--role viewer"), /no such project/);
  await db.close();
});

test("token create without a name or for an unknown user is rejected with one line", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  expectError(
    await runInProcess("token create --user nobody@example.com --name ci", env),
    /no account has the email/,
  );
  expectError(await runInProcess('token create --user nobody@example.com --name " "', env), /--name: /);
});

const password = "correct horse battery";
const ada = "user create --email Ada@example.com --name Ada --role admin --password-stdin";

test("user create creates an account with the password from standard input, which is recorded nowhere", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const ran = await run(ada, env, `${password}\n`);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toMatch(/^Created the admin ada@example\.com \(usr_\w+\)\.\n$/);
  const db = await openDb(env.DATABASE_URL);
  const [user] = await db.read.q.select().from(db.read.t.users);
  expect(user).toMatchObject({ email: "ada@example.com", name: "Ada", siteRole: "admin" });
  expect(await verify(user?.passwordHash ?? "", password)).toBe(true);
  expect(JSON.stringify(await db.read.q.select().from(db.read.t.audit))).not.toContain(password);
  await db.close();
  expectError(await runInProcess(ada, env, password), /ada@example\.com|already/i);
});

test("user create is rejected with one line for a weak password, an unknown role or a missing password", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  expectError(await runInProcess(ada, env, "short"), /--password: /);
  expectError(
    await runInProcess(ada.replace("admin", "root"), env, password),
    /--role: must be admin or developer/,
  );
  expectError(await runInProcess(ada.replace(" --password-stdin", ""), env, password), /--password-stdin/);
  expectError(await run(ada.replace("@", " at "), env, password), /too many arguments|--email/);
});

test("user list prints every account, and user reset-password a link for one of them", async () => {
  const env = { DATABASE_URL: await makeTestDatabase(), LATCHKEY_URL: "https://keys.example.com" };
  await runInProcess(ada, env, password);
  expect((await run("user list", env)).out).toBe("ada@example.com\tadmin\tactive\tAda\n");
  const ran = await run("user reset-password --email ADA@example.com", env);
  expect(ran.out).toMatch(/^https:\/\/keys\.example\.com\/reset-password\?token=\w{40}\n$/);
  expectError(
    await runInProcess("user reset-password --email nobody@example.com", env),
    /no account has the email/,
  );
  expectError(await runInProcess("user reset-password --email nobody", env), /--email: /);
  expectError(await run("user disable-mfa --email ada@example.com", env), /has no second factor/);
});

test("user disable-mfa notifies the user by email, and says whether it did", async () => {
  const env = { DATABASE_URL: await makeTestDatabase(), LATCHKEY_URL: "https://keys.example.com" };
  const db = await openDb(env.DATABASE_URL);
  const { email, userId } = await makeUser(db);
  const smtp = await startSmtp();
  const disable = async (more: Record<string, string> = {}, start = runInProcess) => {
    const factor = { userId, sealedSecret: "sealed", createdAt: START, confirmedAt: START, lastStep: 0 };
    await db.write((tx) => tx.q.insert(tx.t.totpFactors).values(factor));
    const ran = await start(`user disable-mfa --email ${email}`, { ...env, ...more });
    expect(ran.code).toBe(0);
    return ran.out;
  };
  const mail = { SMTP_URL: smtp.url, MAIL_FROM: "keys@example.com" };
  expect(await disable(mail, run)).toMatch(/The user was notified by email/);
  expect(smtp.received).toMatchObject([{ to: [email] }]);
  expect(await disable()).toMatch(/not notified by email \(SMTP_URL is not set here\)/);
  await smtp.close();
  expect(await disable(mail)).toMatch(/not notified by email \(.*ECONNREFUSED.*\)\. Contact them yourself/);
  await db.close();
});

test("link prints a new link for the first administrator as long as there is none", async () => {
  const env = { DATABASE_URL: await makeTestDatabase(), LATCHKEY_URL: "https://keys.example.com/" };
  const [first, second] = [await run("link", env), await runInProcess("link", env)];
  expect(first.out).toMatch(/^https:\/\/keys\.example\.com\/setup\?token=\w{40}\n$/);
  expect(second.out).not.toBe(first.out);
  await runInProcess(ada.replace("admin", "developer"), env, password);
  expect((await runInProcess("link", env)).out).toMatch(/setup\?token=/);
  await runInProcess(ada.replace("Ada@", "grace@"), env, password);
  expectError(await runInProcess("link", env), /there is already an administrator/);
});
