import { and, desc, eq, isNull } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { isWorkingHint } from "../../access/token-rotation.ts";
import { requireUser, type Verb } from "../../context.ts";
import type { Person } from "../../fields.ts";
import { LEAKED } from "./tokens.ts";

/** A management or service token that was found in public and still works. */
export interface LeakedToken {
  kind: keyof typeof LEAKED;
  id: string;
  name: string;
  hint: string;
  /** The token's owner; null for a service token. */
  owner: Person | null;
  /** When it was last reported, and where it was found; empty if unknown. */
  time: string;
  url: string;
}

const MAX_READ = 200;

/** The leaked tokens that the user is responsible for: their own, and for administrators all of them. */
export async function listLeakedTokens({ ctx }: Verb<object>): Promise<{ items: LeakedToken[] }> {
  const { userId, siteRole } = requireUser(ctx);
  const { q, t } = ctx.db.read;
  const { audit, managementTokens, serviceTokens, users } = t;
  const isAdmin = siteRole === "admin";
  const management = await q
    .select({
      id: managementTokens.id,
      name: managementTokens.name,
      hint: managementTokens.hint,
      olderHint: managementTokens.olderHint,
      olderEndsAt: managementTokens.olderEndsAt,
      expiresAt: managementTokens.expiresAt,
      owner: { id: users.id, name: users.name },
      at: audit.at,
      after: audit.after,
    })
    .from(audit)
    .innerJoin(managementTokens, eq(managementTokens.id, audit.subjectId))
    .innerJoin(users, eq(users.id, managementTokens.userId))
    .where(
      and(
        eq(audit.action, LEAKED.managementToken),
        isNull(managementTokens.revokedAt),
        isNull(users.disabledAt),
        isAdmin ? undefined : eq(users.id, userId),
      ),
    )
    .orderBy(desc(audit.seq))
    .limit(MAX_READ);
  const service = isAdmin
    ? await q
        .select({
          id: serviceTokens.id,
          name: serviceTokens.name,
          hint: serviceTokens.hint,
          olderHint: serviceTokens.olderHint,
          olderEndsAt: serviceTokens.olderEndsAt,
          expiresAt: serviceTokens.expiresAt,
          at: audit.at,
          after: audit.after,
        })
        .from(audit)
        .innerJoin(serviceTokens, eq(serviceTokens.id, audit.subjectId))
        .where(and(eq(audit.action, LEAKED.serviceToken), isNull(serviceTokens.revokedAt)))
        .orderBy(desc(audit.seq))
        .limit(MAX_READ)
    : [];
  const rows = [
    ...management
      .filter((row) => isWorkingHint(row, row.after?.hint, ctx.now()))
      .map(({ id, name, owner, at, after }) => ({
        kind: "managementToken" as const,
        id,
        name,
        hint: String(after?.hint),
        owner,
        at,
        after,
      })),
    ...service
      .filter((row) => isWorkingHint(row, row.after?.hint, ctx.now()))
      .map(({ id, name, at, after }) => ({
        kind: "serviceToken" as const,
        id,
        name,
        hint: String(after?.hint),
        owner: null,
        at,
        after,
      })),
  ];
  const latest = [...Map.groupBy(rows, ({ id }) => id).values()].flatMap(([row]) => row ?? []);
  return {
    items: latest.map(({ at, after, ...token }) => ({
      ...token,
      time: iso(at),
      url: String(after?.url ?? ""),
    })),
  };
}
