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
import { readFirstCalls } from "#domain/catalog/reference/first-call.ts";
import { dryRunKeyRules } from "#domain/keys/lifecycle/rules/dry-run.ts";
import { dryRunSecretAge } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { readSecretAge } from "#domain/keys/lifecycle/secret-age/read.ts";
import { setSecretAge } from "#domain/keys/lifecycle/secret-age/set.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { deleteProject } from "#domain/projects/delete.ts";
import { getProject } from "#domain/projects/list.ts";
import { hasTriedKey } from "#domain/projects/tried-keys.ts";
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
import { ACCESS_VERBS } from "./access-verbs.ts";
import { KEY_VERBS } from "./key-verbs.ts";
import { SUBSCRIPTION_VERBS } from "./plan-verbs.ts";
import { row, type VerbRow } from "./verb-row.ts";
import { WEBHOOK_VERBS } from "./webhook-verbs.ts";

/** Verbs of a project. Strangers can't learn whether the project exists. */
export const PROJECT_VERBS: VerbRow[] = [
  ...ACCESS_VERBS,
  ...WEBHOOK_VERBS,
  ...SUBSCRIPTION_VERBS,
  ...KEY_VERBS,
  row("viewer", "getProject", (ctx, { projectId }) => getProject({ ctx, input: { projectId } })),
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
  row("viewer", "readFirstCalls", (ctx, { projectId }) => readFirstCalls({ ctx, input: { projectId } })),
  row("viewer", "hasTriedKey", (ctx, { projectId }) => hasTriedKey({ ctx, input: { projectId } })),
  row("viewer", "keySparklines", (ctx, { projectId }) => keySparklines({ ctx, input: { projectId } })),
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
  row("viewer", "usageCsv", (ctx, { projectId }) =>
    usageCsv({ ctx, input: readUsageSchema.parse({ projectId }) }),
  ),
  row("owner", "exportAudit", (ctx, { projectId }) =>
    exportAudit({ ctx, input: { projectId, format: "jsonl" } }),
  ),
  row("owner", "listAudit", (ctx, { projectId }) => listAudit({ ctx, input: { projectId, limit: 50 } })),
  row(
    "owner",
    "updateProject",
    (ctx, { projectId }) => updateProject({ ctx, input: { projectId, name: "Renamed" } }),
    { audit: "project.renamed", changes: [] },
  ),
  row("owner", "dryRunSecretAge", (ctx, { projectId }) =>
    dryRunSecretAge({ ctx, input: { projectId, rule: { maxDays: 90, cut: true } } }),
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
  row("owner", "dryRunKeyRules", (ctx, { projectId }) =>
    dryRunKeyRules({ ctx, input: { projectId, rules: null } }),
  ),
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
