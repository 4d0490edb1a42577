import { and, eq, isNull } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { lockActiveKey, readKey } from "./find.ts";
import { type ChangeOverlapEndInput, MAX_OVERLAP_SECONDS } from "./rotation/schema.ts";
import type { Key } from "./schema.ts";

/**
 * Changes the end of an older secret's overlap: at most 30 days after its rotation. Throws `conflict` for the current
 * secret, and for one whose overlap is over, because a denied secret must stay denied.
 */
export async function changeOverlapEnd({ ctx, input }: Verb<ChangeOverlapEndInput>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockActiveKey(tx, input);
    const now = ctx.now();
    const { secrets } = tx.t;
    const [secret] = await tx.q
      .select({ hint: secrets.hint, overlapEndsAt: secrets.overlapEndsAt })
      .from(secrets)
      .where(and(eq(secrets.id, input.secretId), eq(secrets.keyId, key.id), eq(secrets.temporary, false)));
    if (!secret) throw notFound("secret");
    if (secret.overlapEndsAt === null)
      throw new DomainError("conflict", "This is the key's current secret: it has no end.");
    if (secret.overlapEndsAt <= now)
      throw new DomainError("conflict", "This secret's overlap is over. It can't be used again.");
    const latestEnd = (await rotatedAt(tx, key.id)) + MAX_OVERLAP_SECONDS * 1000;
    if (input.lapsesAt <= now)
      throw invalid("lapsesAt", "Choose a time in the future, or end the secret now.");
    if (input.lapsesAt > latestEnd) {
      throw invalid("lapsesAt", `At most 30 days from the rotation: until ${iso(latestEnd)}.`);
    }
    if (input.lapsesAt !== secret.overlapEndsAt) {
      await tx.q.update(secrets).set({ overlapEndsAt: input.lapsesAt }).where(eq(secrets.id, input.secretId));
      await recordChange(tx, { kind: "key", subject: key.id }, now);
      await recordAudit(tx, ctx, {
        action: "key.overlap-changed",
        projectId: key.projectId,
        subject: key,
        before: { hint: secret.hint, lapsesAt: iso(secret.overlapEndsAt) },
        after: { hint: secret.hint, lapsesAt: iso(input.lapsesAt) },
      });
    }
    return readKey(tx, input, now);
  });
}

/** When the current secret was created: the previous one overlaps since then. */
async function rotatedAt({ q, t: { secrets } }: Tx, keyId: string): Promise<number> {
  const [current] = await q
    .select({ createdAt: secrets.createdAt })
    .from(secrets)
    .where(and(eq(secrets.keyId, keyId), isNull(secrets.overlapEndsAt)));
  if (!current) throw new Error("a key without a current secret");
  return current.createdAt;
}
