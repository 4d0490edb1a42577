import { eq } from "drizzle-orm";
import { type ManagementScope, PROJECT_TOKEN_SCOPES } from "#core/scopes.ts";
import type { Scope, Tx } from "#db/open.ts";
import { enforceMaxProjectTokens } from "../../bounds.ts";
import { type Ctx, denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import type { Person } from "../../fields.ts";
import { lockActiveUser } from "../accounts/step-up.ts";
import { lockProject } from "../project-access.ts";
import { insertToken } from "./create.ts";
import { presentProjectToken } from "./list.ts";
import { revokeToken } from "./revoke.ts";
import { endOverlap, type LockedToken, lockToken, rotateToken } from "./rotate.ts";
import type {
  CreateProjectTokenInput,
  ProjectToken,
  ProjectTokenRef,
  ProjectTokenWithToken,
  RotateProjectTokenInput,
} from "./schema.ts";

/**
 * Creates a token that lets scripts act in the project with a role, until it is revoked or expires or the project is
 * deleted: it does not end with the person who created it, so only owners create it. The token is in this response
 * only. A management token can't create another. Throws `invalid` for a scope that has no effect with the role.
 */
export async function createProjectToken({
  ctx,
  input,
}: Verb<CreateProjectTokenInput>): Promise<ProjectTokenWithToken> {
  const { projectId, role } = input;
  const scopes = scopesFor(input);
  return ctx.db.write(async (tx) => {
    const user = await lockForOwner(tx, ctx, projectId);
    await enforceMaxProjectTokens(tx, ctx, projectId);
    const owner = { projectId, role, createdBy: user.id };
    const { row, token } = await insertToken(tx, ctx, owner, { ...input, scopes });
    return { managementToken: presentProjectToken(row, user, ctx.now()), token };
  });
}

/** Like `rotateManagementToken`, for a token of the project. Owners only. */
export async function rotateProjectToken({
  ctx,
  input,
}: Verb<RotateProjectTokenInput>): Promise<ProjectTokenWithToken> {
  return ctx.db.write(async (tx) => {
    await lockForOwner(tx, ctx, input.projectId);
    const { row, token } = await rotateToken(tx, ctx, await lockIn(tx, input), input);
    return { managementToken: await present(tx, ctx, row), token };
  });
}

/** Ends the overlap of a rotated token of the project now. Ending it twice is not an error. Owners only. */
export async function endProjectTokenOverlap({ ctx, input }: Verb<ProjectTokenRef>): Promise<ProjectToken> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "owner");
    return present(tx, ctx, await endOverlap(tx, ctx, await lockIn(tx, input)));
  });
}

/** Revokes a token of the project, immediately and permanently. Revoking twice is not an error. Owners only. */
export async function revokeProjectToken({ ctx, input }: Verb<ProjectTokenRef>): Promise<void> {
  await ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "owner");
    await revokeToken(tx, ctx, input.managementTokenId, eq(tx.t.managementTokens.projectId, input.projectId));
  });
}

/** Locks the project, and its owner who acts in a session or in the CLI. */
async function lockForOwner(tx: Tx, ctx: Ctx, projectId: string): Promise<Person> {
  await lockProject(tx, ctx, projectId, "owner");
  denyManagementTokens(ctx);
  const user = requireUser(ctx);
  await lockActiveUser(tx, user);
  return { id: user.userId, name: user.name };
}

/** The chosen scopes, or all that the role can use. */
function scopesFor({ role, scopes }: CreateProjectTokenInput): readonly ManagementScope[] {
  const allowed = PROJECT_TOKEN_SCOPES[role];
  const excess = scopes?.find((scope) => !allowed.includes(scope));
  if (excess === undefined) return scopes ?? allowed;
  throw invalid(
    "scopes",
    `A project's token with the role ${role} can't use ${excess}. Choose among ${allowed.join(", ")}.`,
  );
}

function lockIn(tx: Tx, { projectId, managementTokenId }: ProjectTokenRef): Promise<LockedToken> {
  return lockToken(tx, { managementTokenId }, eq(tx.t.managementTokens.projectId, projectId));
}

async function present({ q, t: { users } }: Scope, ctx: Ctx, row: LockedToken): Promise<ProjectToken> {
  const [creator] = await q
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(eq(users.id, row.createdBy ?? ""));
  return presentProjectToken(row, creator ?? { id: row.createdBy ?? "", name: "" }, ctx.now());
}
