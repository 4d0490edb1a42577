import { eq } from "drizzle-orm";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import type { Ctx } from "#domain/context.ts";
import { approveKey, declineKey } from "#domain/keys/approval/decide.ts";
import { changeMatchingKeys } from "#domain/keys/change-matching.ts";
import { changeOverlapEnd } from "#domain/keys/change-overlap-end.ts";
import { countKeys } from "#domain/keys/count.ts";
import { createKey } from "#domain/keys/create.ts";
import { getCustomer, listCustomers } from "#domain/keys/customers/list.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import { listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { endSecret } from "#domain/keys/end-secret.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { getImportStatus } from "#domain/keys/import/status.ts";
import { listLeakedKeyIds, listLeaks } from "#domain/keys/leaks/list.ts";
import { getKeyRuleState } from "#domain/keys/lifecycle/rules/state.ts";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { getKey, listKeyNames, listKeys, listKeysForPage } from "#domain/keys/list.ts";
import { getPropagation } from "#domain/keys/propagation/read.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { dryRun } from "#domain/keys/restrictions/dry-run.ts";
import { explainEntries } from "#domain/keys/restrictions/explain.ts";
import { readReportOnlyCounts } from "#domain/keys/restrictions/report-only.ts";
import { dryRunSchema } from "#domain/keys/restrictions/schema.ts";
import { suggestRestrictions } from "#domain/keys/restrictions/suggest.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { readRotation } from "#domain/keys/rotation/read.ts";
import { changeKeysSchema, createKeySchema, listKeysSchema } from "#domain/keys/schema.ts";
import { readTryChecks } from "#domain/keys/try-it/checks.ts";
import { endTry, startTry } from "#domain/keys/try-it/session.ts";
import { updateKey } from "#domain/keys/update.ts";
import { START } from "../people.ts";
import type { Ids } from "./verb-fixture.ts";
import { row, type VerbRow } from "./verb-row.ts";

/** Verbs of a project's keys. */
export const KEY_VERBS: VerbRow[] = [
  row("viewer", "countKeys", (ctx, { projectId }) => countKeys({ ctx, input: { projectId } })),
  row("viewer", "listKeys", (ctx, { projectId }) =>
    listKeys({ ctx, input: listKeysSchema.parse({ projectId }) }),
  ),
  row("viewer", "listKeysForPage", (ctx, { projectId }) =>
    listKeysForPage({ ctx, input: listKeysSchema.parse({ projectId }) }),
  ),
  row(
    "developer",
    "changeMatchingKeys",
    (ctx, { projectId }) =>
      changeMatchingKeys({
        ctx,
        input: changeKeysSchema.parse({ projectId, filter: { environment: "live" }, action: "disable" }),
      }),
    { audit: "key.disabled", changes: ["key"] },
  ),
  row("viewer", "getImportStatus", (ctx, { projectId }) => getImportStatus({ ctx, input: { projectId } })),
  row(
    "developer",
    "importKeys",
    (ctx, { projectId }) =>
      importKeys({
        ctx,
        input: importKeysSchema.parse({
          projectId,
          shape: { prefix: "old_", minLength: 20, maxLength: 40 },
          keys: [{ name: "old", environment: "test", token: "old_0123456789abcdef" }],
        }),
      }),
    { audit: "key.imported", changes: ["import"] },
  ),
  row("viewer", "listKeyNames", (ctx, { projectId }) => listKeyNames({ ctx, input: { projectId } })),
  row("viewer", "getKey", (ctx, { projectId, keyId }) => getKey({ ctx, input: { projectId, keyId } })),
  row("viewer", "listLeakedKeyIds", (ctx, { projectId, keyId }) =>
    listLeakedKeyIds({ ctx, input: { projectId, keyIds: [keyId] } }),
  ),
  row("viewer", "readLimitMeters", (ctx, { projectId, keyId }) =>
    readLimitMeters({ ctx, input: { projectId, keyId } }),
  ),
  row("viewer", "dryRun", (ctx, { projectId, keyId }) =>
    dryRun({ ctx, input: dryRunSchema.parse({ projectId, keyId, restrictions: { ips: ["198.51.100.7"] } }) }),
  ),
  row("viewer", "suggestRestrictions", (ctx, { projectId, keyId }) =>
    suggestRestrictions({ ctx, input: { projectId, keyId, leaveOutRarest: 0 } }),
  ),
  row("viewer", "readReportOnlyCounts", (ctx, { projectId, keyId }) =>
    readReportOnlyCounts({ ctx, input: { projectId, keyId } }),
  ),
  row("viewer", "listDenials", (ctx, { projectId }) =>
    listDenials({ ctx, input: listDenialsSchema.parse({ projectId }) }),
  ),
  row("viewer", "explainEntries", (ctx, { projectId }) =>
    explainEntries({ ctx, input: { projectId, restrictions: NO_RESTRICTIONS } }),
  ),
  row("viewer", "readRotation", (ctx, { projectId, keyId }) =>
    readRotation({ ctx, input: { projectId, keyId } }),
  ),
  row("viewer", "listLeaks", (ctx, { projectId, keyId }) => listLeaks({ ctx, input: { projectId, keyId } })),
  row("viewer", "getPropagation", (ctx, { projectId }) => getPropagation({ ctx, input: { projectId } })),
  row(
    "developer",
    "changeOverlapEnd",
    (ctx, { projectId, keyId, secretId }) =>
      changeOverlapEnd({ ctx, input: { projectId, keyId, secretId, lapsesAt: START + 7_200_000 } }),
    { audit: "key.overlap-changed", changes: ["key"] },
  ),
  row(
    "developer",
    "createKey",
    (ctx, { projectId }) =>
      createKey({ ctx, input: createKeySchema.parse({ projectId, name: "new", environment: "test" }) }),
    { audit: "key.created", changes: ["key"] },
  ),
  row(
    "developer",
    "updateKey",
    (ctx, { projectId, keyId }) =>
      updateKey({ ctx, input: { projectId, keyId, name: "renamed", metadata: { team: "pay" } } }),
    { audit: "key.updated", changes: ["key"] },
  ),
  row(
    "developer",
    "rotateKey",
    (ctx, { projectId, keyId }) =>
      rotateKey({ ctx, input: { projectId, keyId, overlapSeconds: 60, endOlder: true } }),
    { audit: "key.rotated", changes: ["key"] },
  ),
  {
    ...row(
      "developer",
      "startTry",
      (ctx, { projectId, testKeyId }) => startTry({ ctx, input: { projectId, keyId: testKeyId } }),
      { audit: "key.try-started", changes: ["key"] },
    ),
    token: "never",
  },
  row(
    "developer",
    "endTry",
    (ctx, { projectId, testKeyId, temporarySecretId }) =>
      endTry({ ctx, input: { projectId, keyId: testKeyId, secretId: temporarySecretId } }),
    { audit: "key.try-ended", changes: ["key"] },
  ),
  row("developer", "readTryChecks", (ctx, { projectId, testKeyId, temporarySecretId }) =>
    readTryChecks({ ctx, input: { projectId, keyId: testKeyId, secretId: temporarySecretId, since: START } }),
  ),
  row(
    "developer",
    "endSecret",
    (ctx, { projectId, keyId, secretId }) => endSecret({ ctx, input: { projectId, keyId, secretId } }),
    { audit: "key.secret-ended", changes: ["key"] },
  ),
  row(
    "developer",
    "revokeKey",
    (ctx, { projectId, keyId }) => revokeKey({ ctx, input: { projectId, keyId } }),
    { audit: "key.revoked", changes: ["key"] },
  ),
  row(
    "developer",
    "restoreKey",
    (ctx, { projectId, revokedKeyId }) => restoreKey({ ctx, input: { projectId, keyId: revokedKeyId } }),
    { audit: "key.restored", changes: ["key"] },
  ),
  row("viewer", "listCustomers", (ctx, { projectId }) =>
    listCustomers({ ctx, input: { projectId, limit: 50 } }),
  ),
  row("viewer", "getCustomer", (ctx, { projectId }) =>
    getCustomer({ ctx, input: { projectId, externalId: "cus_1" } }),
  ),
  row("viewer", "getKeyRuleState", (ctx, { projectId, keyId }) =>
    getKeyRuleState({ ctx, input: { projectId, keyId } }),
  ),
  ...(["approveKey", "declineKey"] as const).map((name) => ({
    ...row(
      "owner",
      name,
      (ctx, { projectId, keyId }) =>
        name === "approveKey"
          ? approveKey({ ctx, input: { projectId, keyId } })
          : declineKey({ ctx, input: { projectId, keyId, reason: "Not needed" } }),
      { audit: name === "approveKey" ? "key.approved" : "key.refused", changes: ["key"] },
    ),
    prepare: (ctx: Ctx, { keyId }: Ids) =>
      ctx.db.write(({ q, t: { keys } }) =>
        q
          .update(keys)
          .set({ enabled: false, disabledBy: "policy", approval: "pending" })
          .where(eq(keys.id, keyId)),
      ),
  })),
];
