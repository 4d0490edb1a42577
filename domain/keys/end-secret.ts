import { and, eq } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { DomainError, notFound } from "../errors.ts";
import { lockActiveKey, readKey } from "./find.ts";
import type { SecretRef } from "./rotation/schema.ts";
import type { Key } from "./schema.ts";

/** Ends an older secret's overlap now. Throws `conflict` for the current secret: rotate or revoke the key instead. */
export async function endSecret({ ctx, input }: Verb<SecretRef>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockActiveKey(tx, input);
    const { secrets } = tx.t;
    const [secret] = await tx.q
      .select({ hint: secrets.hint, lapsesAt: secrets.overlapEndsAt })
      .from(secrets)
      .where(and(eq(secrets.id, input.secretId), eq(secrets.keyId, key.id), eq(secrets.temporary, false)));
    if (!secret) throw notFound("secret");
    if (secret.lapsesAt === null) {
      throw new DomainError(
        "conflict",
        "This is the key's current secret. Rotate or revoke the key instead.",
      );
    }
    const now = ctx.now();
    if (secret.lapsesAt > now) {
      await tx.q.update(secrets).set({ overlapEndsAt: now }).where(eq(secrets.id, input.secretId));
      await recordChange(tx, { kind: "key", subject: key.id }, now);
      await recordAudit(tx, ctx, {
        action: "key.secret-ended",
        projectId: key.projectId,
        subject: key,
        before: { hint: secret.hint, lapsesAt: isoOrNull(secret.lapsesAt) },
        after: { lapsesAt: iso(now) },
      });
    }
    return readKey(tx, input, now);
  });
}
