import { newId } from "#core/ids.ts";
import { placeholderHash } from "#core/imported-hash.ts";
import { isoOrNull } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudits } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { keyAttributesOf } from "../attributes.ts";
import { newKeyAudit } from "../create.ts";
import type { KeyRow } from "../find.ts";
import { keyApisOf } from "../restrictions/stored.ts";
import type { ImportedSecret } from "./read-row.ts";

/** A key that an import creates. */
export interface NewImport {
  key: KeyRow;
  secret: ImportedSecret;
}

/** Keys per statement: databases limit the parameters of one. */
const PER_STATEMENT = 200;

/** Writes the keys, their secrets and an audit row for each. Throws `conflict` if another import wrote one of the tokens. */
export async function writeImports(
  tx: Tx,
  ctx: Ctx,
  created: readonly NewImport[],
  shapeId: string | null,
): Promise<void> {
  for (let at = 0; at < created.length; at += PER_STATEMENT) {
    await writeSome(tx, ctx, created.slice(at, at + PER_STATEMENT), shapeId);
  }
}

async function writeSome(
  tx: Tx,
  ctx: Ctx,
  created: readonly NewImport[],
  shapeId: string | null,
): Promise<void> {
  const { q, t } = tx;
  const now = ctx.now();
  const rows = created.map(({ key, secret }) => {
    const id = newId("secret");
    return { key, secret, id, hash: secret.sha256 ?? placeholderHash(id) };
  });
  await q.insert(t.keys).values(created.map(({ key }) => key));
  await q.insert(t.keyApis).values(created.flatMap(({ key }) => keyApisOf(key)));
  const attributes = created.flatMap(({ key }) => keyAttributesOf(key));
  for (let at = 0; at < attributes.length; at += PER_STATEMENT * 10) {
    await q.insert(t.keyAttributes).values(attributes.slice(at, at + PER_STATEMENT * 10));
  }
  const secrets = await q
    .insert(t.secrets)
    .values(
      rows.map(({ id, hash, key, secret }) => ({
        id,
        keyId: key.id,
        hash,
        hint: secret.hint,
        createdAt: now,
        overlapEndsAt: null,
        lastUsedAt: null,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: t.secrets.id });
  const imported =
    secrets.length < rows.length
      ? []
      : await q
          .insert(t.importedSecrets)
          .values(
            rows.map(({ id, key, secret: { fingerprint, pending } }) => ({
              secretId: id,
              projectId: key.projectId,
              shapeId,
              fingerprint,
              digest: pending?.digest ?? null,
              // Until the first use: an older import could have the same token by another hash.
              algorithm: pending?.algorithm ?? (shapeId === null ? null : "sha256"),
              value: pending?.value ?? null,
              importedAt: now,
            })),
          )
          .onConflictDoNothing()
          .returning({ id: t.importedSecrets.secretId });
  if (imported.length < rows.length)
    throw new DomainError(
      "conflict",
      "Another import wrote some of these tokens at the same time. Send it again.",
    );
  await recordAudits(
    tx,
    ctx,
    created.map(({ key, secret }) => ({
      action: "key.imported",
      projectId: key.projectId,
      subject: key,
      after: {
        ...newKeyAudit(key, isoOrNull(key.expiresAt)),
        hint: secret.hint,
        importedAs: secret.pending?.algorithm ?? "sha256",
      },
    })),
  );
}
