import { expect } from "vitest";
import { MANAGEMENT_SCOPES, type ManagementScope } from "#core/scopes.ts";
import { DomainError } from "#domain/errors.ts";
import { PROJECT_VERBS } from "./project-verbs.ts";
import { SITE_VERBS } from "./site-verbs.ts";
import { ctxIn, type VerbFixture } from "./verb-fixture.ts";
import type { VerbRow } from "./verb-row.ts";

export const VERBS = [...PROJECT_VERBS, ...SITE_VERBS];
/** Each with its name, for `test.each`. */
export const NAMED_VERBS = VERBS.map((verb) => [verb.name, verb] as const);

/** The `DomainError` of a call, as data; fails if the call succeeds. */
export async function errorOf(work: Promise<unknown>) {
  const error = await work.then(
    (value) => expect.unreachable(`it answered ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DomainError)) throw error;
  return { code: error.code, message: error.message, errors: error.errors };
}

/** The same actor, but by a management token with these scopes. */
export const byToken = (fixture: VerbFixture, verb: VerbRow, scopes: readonly ManagementScope[]) =>
  ctxIn(fixture, verb.by, {
    actor: {
      ...fixture.users[verb.by],
      via: "token",
      token: { id: "mgt_script", name: "script", scopes },
    },
  });
export const allBut = (scope: string) => MANAGEMENT_SCOPES.filter((other) => other !== scope);
