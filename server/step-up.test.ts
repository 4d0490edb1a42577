import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { MINUTE_MS } from "#core/time.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeUser, START } from "#test/people.ts";
import { runAction } from "./run-action.ts";

/** Every action of a page, extended by another function or not, with the options it is declared with. */
const actions = globSync("app/**/actions.ts").flatMap((file) =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^(?:export )?const (\w+) = (?:\w+\()?(action|createAction)\(([\s\S]*?)\)\)?;$/gm,
    ),
  ].map(([, name = "", kind = "", call = ""]) => ({ name, kind, call, file })),
);

/** Actions that ask for a confirmation of identity, besides those that create credentials. */
const GUARDED = [
  "addPasskey",
  "approveKey",
  "confirmRecently",
  "confirmTotp",
  "createBillingExport",
  "createRecoveryCodes",
  "deleteAccount",
  "deleteApi",
  "deleteUser",
  "disableUser",
  "enableUser",
  "endMySession",
  "endUserSession",
  "endUserSessions",
  "exemptFromRules",
  "exemptKey",
  "importKeys",
  "removeMember",
  "removePasskey",
  "removeTotp",
  "requestEmailChange",
  "resetSecondFactors",
  "revokeCustomerKeys",
  "revokeSelectedKeys",
  "sendPasswordReset",
  "setBranding",
  "setKeyRules",
  "setLogo",
  "setMailTemplate",
  "setPolicies",
  "setRoleAction",
  "setScimGroupRole",
  "setSecretAge",
  "setSiteRole",
  "setUserEmail",
  "signOutElsewhere",
  "signOutEverywhere",
  "startPasskey",
  "startSweep",
  "startTotp",
  "startTry",
  "suspendAction",
  "transferAction",
  "undoTokenChange",
  "updateBillingExport",
  "updateServiceToken",
  "updateSiteWebhook",
  "updateWebhook",
];
/** Creations of what is no credential. */
const HARMLESS = ["createProject", "inviteToSite"];

test("exactly the listed actions ask for a recent confirmation, and those that create credentials", () => {
  expect(actions.length).toBeGreaterThan(40);
  const guarded = actions.filter(({ call }) => call.includes("stepUp: true")).map(({ name }) => name);
  expect(guarded.sort()).toEqual(GUARDED);
  const exempt = actions.filter(({ call }) => call.includes("stepUp: false")).map(({ name }) => name);
  expect(exempt.sort()).toEqual(HARMLESS);
  const creating = actions.filter(({ kind }) => kind === "createAction").map(({ name }) => name);
  expect(creating).toEqual(
    expect.arrayContaining(["createKey", "rotateKey", "createManagementToken", "inviteMember"]),
  );
});

test("no action offers, without a confirmation, a verb for which another action requires one", () => {
  const verbOf = ({ call, file }: (typeof actions)[number]) => `${file}: ${call.split(",")[1]?.trim()}`;
  const asks = ({ call }: (typeof actions)[number]) => call.includes("stepUp: true");
  const guarded = new Set(actions.filter((one) => one.kind === "action" && asks(one)).map(verbOf));
  const open = actions.filter((one) => one.kind === "action" && !asks(one));
  expect(open.filter((one) => guarded.has(verbOf(one))).map(({ name }) => name)).toEqual([]);
});

test("an action with step-up runs only within 15 minutes after a confirmation, and never for a token", async () => {
  const db = await openTestDb();
  const user = await makeUser(db);
  const ran: string[] = [];
  const call = (actor: typeof user, stepUp: boolean) =>
    runAction(
      {
        actor: async () => actor,
        contextFor: async () => ctxOf(db, actor),
        page: async () => "/",
        report: () => {},
      },
      z.strictObject({}),
      async () => ran.push("ran"),
      {},
      { stepUp },
    );
  const confirmed = (minutes: number) => ({
    ...user,
    session: { id: "ses_1", confirmedAt: START - minutes * MINUTE_MS },
  });
  expect(await call(confirmed(15), true)).toMatchObject({ ok: false, code: "forbidden", stepUp: true });
  expect(await call({ ...user, via: "token" }, true)).toMatchObject({ ok: false, code: "forbidden" });
  expect(await call(user, true)).toMatchObject({ ok: false, code: "forbidden" });
  expect(ran).toEqual([]);
  expect(await call(confirmed(14), true)).toMatchObject({ ok: true });
  expect(await call(confirmed(600), false)).toMatchObject({ ok: true });
});
