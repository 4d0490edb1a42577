import { and, eq, gt, isNull } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { iso } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { notify } from "../notifications/notify.ts";
import { type KeyRow, lockActiveKey, readKey } from "./find.ts";
import type { RotateKeyInput } from "./rotation/schema.ts";
import type { KeyWithSecret } from "./schema.ts";

/**
 * Rotates the key's secret. The current secret works for another `overlapSeconds`. Throws `conflict` with the problem
 * `OVERLAP_RUNNING` while an older secret is still in its overlap, unless `endOlder` is true: then the older one ends
 * now, so that at most two secrets work. With `replaceUnseen` the current secret, whose response was lost, ends now,
 * and the older one keeps its overlap; `conflict` if a request has used the current one. A key that was disabled
 * because of a leak is enabled, and its leaked secret ends now, whatever the overlap.
 */
export async function rotateKey({ ctx, input }: Verb<RotateKeyInput>): Promise<KeyWithSecret> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockActiveKey(tx, input);
    const now = ctx.now();
    const { secrets } = tx.t;
    const current = await currentSecret(tx, key);
    const endsLeak = !key.enabled && key.disabledBy === "leak";
    // An older leaked secret must not outlive the rotation that enables the key.
    const replacesUnseen = input.replaceUnseen && !endsLeak;
    if (replacesUnseen) {
      if (current.lastUsedAt !== null) throw new DomainError("conflict", IN_USE);
    } else {
      // Temporary secrets end too: a rotation must leave no other way in.
      const ended = await tx.q
        .update(secrets)
        .set({ overlapEndsAt: now })
        .where(and(eq(secrets.keyId, key.id), gt(secrets.overlapEndsAt, now)))
        .returning({ hint: secrets.hint, temporary: secrets.temporary });
      const older = ended.find(({ temporary }) => !temporary);
      if (older && !input.endOlder) throw overlapRunning(older.hint);
    }
    const endsNow = replacesUnseen || (endsLeak && current.leaked);
    const overlapEndsAt = endsNow ? now : now + input.overlapSeconds * 1000;
    await tx.q.update(secrets).set({ overlapEndsAt }).where(eq(secrets.id, current.id));
    const token = generateToken(ctx.settings.keyPrefix, key.environment);
    const secret = { id: newId("secret"), keyId: key.id, hash: hashToken(token), hint: hintOf(token) };
    await tx.q.insert(secrets).values({ ...secret, createdAt: now, overlapEndsAt: null, lastUsedAt: null });
    if (endsLeak) {
      const enabled = { enabled: true, disabledBy: null, activeSince: now };
      await tx.q.update(tx.t.keys).set(enabled).where(eq(tx.t.keys.id, key.id));
    }
    const { id, name, projectId } = key;
    ctx.created?.({ kind: "key", id, name, hint: secret.hint, projectId });
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordAudit(tx, ctx, {
      action: "key.rotated",
      projectId: key.projectId,
      subject: key,
      before: { hint: current.hint, ...(endsLeak && { enabled: false }) },
      after: { hint: secret.hint, olderLapsesAt: iso(overlapEndsAt), ...(endsLeak && { enabled: true }) },
    });
    await notify(tx, ctx, {
      kind: "key.rotated",
      projectId: key.projectId,
      subject: key,
      data: { hint: secret.hint, lapsesAt: overlapEndsAt > now ? iso(overlapEndsAt) : null },
    });
    return { key: await readKey(tx, input, now), secret: token };
  });
}

const IN_USE =
  "A request has used the current secret, so a client has it. Nothing was changed. Rotate the key without replaceUnseen.";

function overlapRunning(hint: string): DomainError {
  return new DomainError(
    "conflict",
    `The older secret ${hint} is still in its overlap, and a key has at most two secrets. Nothing was changed. To end the older secret now, rotate with endOlder set to true.`,
    { problem: "OVERLAP_RUNNING" },
  );
}

/** The current secret, and whether it was found in public. */
async function currentSecret({ q, t: { secrets, leaks } }: Tx, key: KeyRow) {
  const [current] = await q
    .select({ id: secrets.id, hint: secrets.hint, lastUsedAt: secrets.lastUsedAt, leakId: leaks.id })
    .from(secrets)
    .leftJoin(leaks, and(eq(leaks.keyId, secrets.keyId), eq(leaks.secretId, secrets.id)))
    .where(and(eq(secrets.keyId, key.id), isNull(secrets.overlapEndsAt)))
    .limit(1);
  if (!current) throw new Error("a key without a current secret");
  const { leakId, ...secret } = current;
  return { ...secret, leaked: leakId !== null };
}
