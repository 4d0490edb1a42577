import { newId } from "#core/ids.ts";
import type { Tx } from "#db/open.ts";
import { type Actor, type Ctx, SYSTEM_NAME } from "../context.ts";
import { compactChange } from "./compact.ts";

export interface AuditEntry {
  /** If the caller has to know it. */
  id?: string;
  /** `noun.verb-in-the-past`, as in `key.revoked`. */
  action: string;
  projectId?: string | null;
  subject: { id: string; name: string };
  /** Only the fields that changed; never a secret, password or token. Stored as `compactChange` describes. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** How the actor authenticated, if that does not follow from the actor. */
  via?: string;
}

/** The parts of a context that an audit row needs. */
type Traced = Pick<Ctx, "actor" | "now" | "securityLog">;

/** Writes an audit row in the transaction of the change. */
export async function recordAudit(tx: Tx, ctx: Traced, entry: AuditEntry): Promise<void> {
  await recordAudits(tx, ctx, [entry]);
}

/** The same for many entries at once. */
export async function recordAudits(tx: Tx, ctx: Traced, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const at = ctx.now();
  await tx.q.insert(tx.t.audit).values(
    entries.map(({ id = newId("audit"), action, projectId, subject, before = null, after = null, via }) => ({
      id,
      at,
      ...actorColumns(ctx.actor),
      ...(via !== undefined && { via }),
      action,
      projectId: projectId ?? null,
      subjectId: subject.id,
      subjectName: subject.name,
      ...compactChange({ before, after }),
    })),
  );
  const { securityLog } = ctx;
  if (securityLog) tx.afterCommit(() => securityLog.committed(ctx.actor, entries));
}

function actorColumns(actor: Actor) {
  switch (actor.kind) {
    case "user":
      return { actorId: actor.userId, actorName: actor.name, via: actor.via, address: actor.ipAddress };
    case "project":
      return { actorId: actor.token.id, actorName: actor.token.name, via: "token", address: actor.ipAddress };
    case "visitor":
      return { actorId: null, actorName: "A visitor", via: "link", address: actor.ipAddress };
    case "scim":
      return { actorId: actor.tokenId, actorName: actor.name, via: "scim", address: actor.ipAddress };
    case "system":
      return { actorId: null, actorName: SYSTEM_NAME, via: "system", address: null };
  }
}
