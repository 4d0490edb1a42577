import { eq } from "drizzle-orm";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { getKeyRules, setKeyRules } from "#domain/access/policies/project-key-rules.ts";
import { policiesIn } from "#domain/access/policies/read.ts";
import { exportAudit } from "#domain/audit/export.ts";
import { listAudit } from "#domain/audit/list.ts";
import { statementCsv } from "#domain/billing/statements/csv.ts";
import { readStatement } from "#domain/billing/statements/read.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import { listEnabledApis } from "#domain/catalog/enablement/enabled-apis.ts";
import {
  getProjectApiStatus,
  listProjectApis,
  listProjectApisForPage,
} from "#domain/catalog/enablement/list.ts";
import type { Ctx } from "#domain/context.ts";
import { approveKey, declineKey } from "#domain/keys/approval/decide.ts";
import { changeMatchingKeys } from "#domain/keys/change-matching.ts";
import { countKeys } from "#domain/keys/count.ts";
import { createKey } from "#domain/keys/create.ts";
import { getCustomer, listCustomers } from "#domain/keys/customers/list.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import { listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { endSecret } from "#domain/keys/end-secret.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { getImportStatus } from "#domain/keys/import/status.ts";
import { leakedAmong, listLeaks } from "#domain/keys/leaks/list.ts";
import { dryRunKeyRules } from "#domain/keys/lifecycle/rules/dry-run.ts";
import { getKeyRuleState } from "#domain/keys/lifecycle/rules/state.ts";
import { dryRunSecretAge } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { readSecretAge } from "#domain/keys/lifecycle/secret-age/read.ts";
import { setSecretAge } from "#domain/keys/lifecycle/secret-age/set.ts";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { getKey, listKeyNames, listKeys, listKeysForPage } from "#domain/keys/list.ts";
import { prolongSecret } from "#domain/keys/prolong-secret.ts";
import { getPropagation } from "#domain/keys/propagation/read.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { dryRun } from "#domain/keys/restrictions/dry-run.ts";
import { explainEntries } from "#domain/keys/restrictions/explain.ts";
import { dryRunSchema } from "#domain/keys/restrictions/schema.ts";
import { suggestRestrictions } from "#domain/keys/restrictions/suggest.ts";
import { readTrial } from "#domain/keys/restrictions/trial.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { readRotation } from "#domain/keys/rotation/read.ts";
import { changeKeysSchema, createKeySchema, listKeysSchema } from "#domain/keys/schema.ts";
import { readTryChecks } from "#domain/keys/try-it/checks.ts";
import { endTry, startTry } from "#domain/keys/try-it/session.ts";
import { updateKey } from "#domain/keys/update.ts";
import { deleteProject } from "#domain/projects/delete.ts";
import { getProject } from "#domain/projects/list.ts";
import { updateProject } from "#domain/projects/update.ts";
import { usageCsv } from "#domain/usage/csv.ts";
import { readFilterNames } from "#domain/usage/filter-names.ts";
import { keySparklines } from "#domain/usage/key-sparklines.ts";
import { readUsage } from "#domain/usage/read.ts";
import { recentTraffic } from "#domain/usage/recent-traffic.ts";
import { listRequests } from "#domain/usage/requests/list.ts";
import { listRequestsSchema } from "#domain/usage/requests/schema.ts";
import { readTopUsageSchema, readUsageSchema } from "#domain/usage/schema.ts";
import { readTopUsage } from "#domain/usage/top.ts";
import { START } from "../people.ts";
import { ACCESS_VERBS } from "./access-verbs.ts";
import { SUBSCRIPTION_VERBS } from "./plan-verbs.ts";
import type { Ids } from "./verb-fixture.ts";
import { row, type VerbRow } from "./verb-row.ts";
import { WEBHOOK_VERBS } from "./webhook-verbs.ts";

/** Verbs of a project. Strangers can't learn whether the project exists. */
export const PROJECT_VERBS: VerbRow[] = [
  ...ACCESS_VERBS,
  ...WEBHOOK_VERBS,
  ...SUBSCRIPTION_VERBS,
  row("viewer", "getProject", (ctx, { projectId }) => getProject({ ctx, input: { projectId } })),
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
  row("viewer", "listProjectApis", (ctx, { projectId }) => listProjectApis({ ctx, input: { projectId } })),
  row("viewer", "listProjectApisForPage", (ctx, { projectId }) =>
    listProjectApisForPage({ ctx, input: { projectId } }),
  ),
  row("viewer", "getProjectApiStatus", (ctx, { projectId }) =>
    getProjectApiStatus({ ctx, input: { projectId, slug: "badges" } }),
  ),
  row("viewer", "listEnabledApis", (ctx, { projectId }) =>
    listEnabledApis({ ctx, input: { projectId, named: [] } }),
  ),
  row("viewer", "keySparklines", (ctx, { projectId }) => keySparklines({ ctx, input: { projectId } })),
  row("viewer", "leakedAmong", (ctx, { projectId, keyId }) =>
    leakedAmong({ ctx, input: { projectId, keyIds: [keyId] } }),
  ),
  row("viewer", "recentTraffic", (ctx, { projectId, keyId }) =>
    recentTraffic({ ctx, input: { projectId, keyId } }),
  ),
  row("viewer", "listRequests", (ctx, { projectId }) =>
    listRequests({ ctx, input: listRequestsSchema.parse({ projectId }) }),
  ),
  row("viewer", "readStatement", (ctx, { projectId }) =>
    readStatement({ ctx, input: { projectId, month: "2026-11" } }),
  ),
  row("viewer", "statementCsv", (ctx, { projectId }) =>
    statementCsv({ ctx, input: { projectId, month: "2026-11" } }),
  ),
  row("viewer", "readUsage", (ctx, { projectId }) =>
    readUsage({ ctx, input: readUsageSchema.parse({ projectId }) }),
  ),
  row("viewer", "readTopUsage", (ctx, { projectId }) =>
    readTopUsage({ ctx, input: readTopUsageSchema.parse({ projectId, lists: ["key"] }) }),
  ),
  row("viewer", "readFilterNames", (ctx, { projectId, keyId }) =>
    readFilterNames({ ctx, input: { projectId, keyId } }),
  ),
  row("viewer", "readLimitMeters", (ctx, { projectId, keyId }) =>
    readLimitMeters({ ctx, input: { projectId, keyId } }),
  ),
  row("viewer", "usageCsv", (ctx, { projectId }) =>
    usageCsv({ ctx, input: readUsageSchema.parse({ projectId }) }),
  ),
  row("viewer", "dryRun", (ctx, { projectId, keyId }) =>
    dryRun({ ctx, input: dryRunSchema.parse({ projectId, keyId, restrictions: { ips: ["198.51.100.7"] } }) }),
  ),
  row("viewer", "suggestRestrictions", (ctx, { projectId, keyId }) =>
    suggestRestrictions({ ctx, input: { projectId, keyId, leaveOutRarest: 0 } }),
  ),
  row("viewer", "readTrial", (ctx, { projectId, keyId }) => readTrial({ ctx, input: { projectId, keyId } })),
  row("viewer", "listDenials", (ctx, { projectId }) =>
    listDenials({ ctx, input: listDenialsSchema.parse({ projectId }) }),
  ),
  row("owner", "exportAudit", (ctx, { projectId }) =>
    exportAudit({ ctx, input: { projectId, format: "jsonl" } }),
  ),
  row("viewer", "explainEntries", (ctx, { projectId }) =>
    explainEntries({ ctx, input: { projectId, restrictions: NO_RESTRICTIONS } }),
  ),
  row("owner", "listAudit", (ctx, { projectId }) => listAudit({ ctx, input: { projectId, limit: 50 } })),
  row(
    "owner",
    "updateProject",
    (ctx, { projectId }) => updateProject({ ctx, input: { projectId, name: "Renamed" } }),
    { audit: "project.renamed", changes: [] },
  ),
  row("viewer", "readRotation", (ctx, { projectId, keyId }) =>
    readRotation({ ctx, input: { projectId, keyId } }),
  ),
  row("viewer", "listLeaks", (ctx, { projectId, keyId }) => listLeaks({ ctx, input: { projectId, keyId } })),
  row("owner", "dryRunSecretAge", (ctx, { projectId }) =>
    dryRunSecretAge({ ctx, input: { projectId, rule: { maxDays: 90, cut: true } } }),
  ),
  row("viewer", "getPropagation", (ctx, { projectId }) => getPropagation({ ctx, input: { projectId } })),
  row(
    "developer",
    "prolongSecret",
    (ctx, { projectId, keyId, secretId }) =>
      prolongSecret({ ctx, input: { projectId, keyId, secretId, lapsesAt: START + 7_200_000 } }),
    { audit: "key.overlap-changed", changes: ["key"] },
  ),
  row("viewer", "readSecretAge", (ctx, { projectId }) => readSecretAge({ ctx, input: { projectId } })),
  {
    ...row(
      "owner",
      "setSecretAge",
      (ctx, { projectId }) => setSecretAge({ ctx, input: { projectId, rule: { maxDays: 90, cut: false } } }),
      { audit: "project.secret-age-set", changes: [] },
    ),
    loosen: (ctx, { projectId }) => setSecretAge({ ctx, input: { projectId, rule: null } }),
  },
  row("viewer", "getKeyRules", (ctx, { projectId }) => getKeyRules({ ctx, input: { projectId } })),
  {
    ...row(
      "owner",
      "setKeyRules",
      (ctx, { projectId }) =>
        setKeyRules({
          ctx,
          input: { projectId, rules: { ...policiesIn(null).keyRules, descriptionRequired: true } },
        }),
      { audit: "project.key-rules-set", changes: [] },
    ),
    loosen: (ctx, { projectId }) => setKeyRules({ ctx, input: { projectId, rules: null } }),
  },
  {
    ...row("owner", "deleteProject", (ctx, { projectId }) => deleteProject({ ctx, input: { projectId } }), {
      audit: "project.deleted",
      changes: ["project"],
    }),
    prepare: async (ctx, { projectId, keyId, testKeyId }) => {
      for (const id of [keyId, testKeyId]) await revokeKey({ ctx, input: { projectId, keyId: id } });
    },
  },
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
  row("owner", "dryRunKeyRules", (ctx, { projectId }) =>
    dryRunKeyRules({ ctx, input: { projectId, rules: null } }),
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
  row(
    "developer",
    "enableApi",
    (ctx, { projectId }) => enableApi({ ctx, input: { projectId, slug: "live" } }),
    { audit: "access.enabled", changes: ["project"] },
  ),
  row(
    "developer",
    "disableApi",
    (ctx, { projectId }) => disableApi({ ctx, input: { projectId, slug: "badges" } }),
    { audit: "access.disabled", changes: ["project"] },
  ),
];
