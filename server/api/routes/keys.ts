import { approveKey, declineKey } from "#domain/keys/approval/decide.ts";
import { declineKeySchema } from "#domain/keys/approval/schema.ts";
import { changeMatchingKeys } from "#domain/keys/change-matching.ts";
import { changeOverlapEnd } from "#domain/keys/change-overlap-end.ts";
import { createKey } from "#domain/keys/create.ts";
import { listCustomers } from "#domain/keys/customers/list.ts";
import { customerPageSchema, listCustomersSchema } from "#domain/keys/customers/schema.ts";
import { endSecret } from "#domain/keys/end-secret.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import {
  importKeysSchema,
  importResultSchema,
  importStatusInputSchema,
  importStatusSchema,
} from "#domain/keys/import/schema.ts";
import { getImportStatus } from "#domain/keys/import/status.ts";
import { keyRuleStateSchema } from "#domain/keys/lifecycle/rules/schema.ts";
import { getKeyRuleState } from "#domain/keys/lifecycle/rules/state.ts";
import { getKey, listKeys } from "#domain/keys/list.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { readRotation } from "#domain/keys/rotation/read.ts";
import {
  changeOverlapEndSchema,
  rotateKeySchema,
  rotationResultSchema,
  secretRefSchema,
} from "#domain/keys/rotation/schema.ts";
import {
  changeKeysSchema,
  createKeySchema,
  keyPageSchema,
  keyRefSchema,
  keySchema,
  keysChangedSchema,
  keyWithSecretSchema,
  listKeysSchema,
  updateKeySchema,
} from "#domain/keys/schema.ts";
import { updateKey } from "#domain/keys/update.ts";
import { MAX_BODY_BYTES } from "../../body-limit.ts";
import { route } from "../route.ts";

const tag = "Keys";
const KEYS = "/api/v1/projects/{projectId}/keys";
const CAP_BYTES = 1024 * 1024;

export const keyRoutes = [
  route({
    method: "GET",
    path: KEYS,
    tag,
    summary: "List the keys of a project",
    description:
      "A response has at most 1 MiB: if keys have large restrictions, a page has fewer than `limit` keys, and `nextCursor` leads to the others.",
    tokenScope: "keys:read",
    input: listKeysSchema,
    output: keyPageSchema,
    verb: listKeys,
  }),
  route({
    method: "POST",
    path: KEYS,
    tag,
    summary: "Create a key (developer). The secret is only in this response",
    tokenScope: "keys:write",
    input: createKeySchema,
    output: keyWithSecretSchema,
    status: 201,
    verb: createKey,
    location: ({ key }) => `/api/v1/projects/${key.projectId}/keys/${key.id}`,
    maxBodyBytes: CAP_BYTES,
  }),
  route({
    method: "POST",
    path: `${KEYS}/bulk`,
    tag,
    summary: "Revoke, disable or tag the keys that a filter matches (developer), up to 200 in one request",
    description:
      "All or none of them. `remaining` says how many are left: repeat the request, with a new `Idempotency-Key`, until it is 0.",
    tokenScope: "keys:write",
    input: changeKeysSchema,
    output: keysChangedSchema,
    verb: changeMatchingKeys,
  }),
  route({
    method: "POST",
    path: `${KEYS}/import`,
    tag,
    summary:
      "Import keys with the tokens they have already, or hashes of these (developer), up to 1,000 in one request",
    description:
      "A row that fails doesn't fail the others, and a row whose token was imported before changes nothing: after an error, send the same rows again. No response contains a token or a hash.",
    tokenScope: "keys:write",
    input: importKeysSchema,
    inQuery: ["dryRun"],
    output: importResultSchema,
    verb: importKeys,
    maxBodyBytes: MAX_BODY_BYTES,
  }),
  route({
    method: "GET",
    path: `${KEYS}/import`,
    tag,
    summary: "Get how many imported keys have been used since, and how many not",
    tokenScope: "keys:read",
    input: importStatusInputSchema,
    output: importStatusSchema,
    verb: getImportStatus,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/customers",
    tag,
    summary: "List the external IDs of a project's keys, each with its keys added up",
    description:
      "Everything about one of them: `?externalId=` of the keys, the usage and the denied requests. To revoke all its keys, `POST …/keys/bulk` with `filter.externalId`.",
    tokenScope: "keys:read",
    input: listCustomersSchema,
    output: customerPageSchema,
    verb: listCustomers,
  }),
  route({
    method: "GET",
    path: `${KEYS}/{keyId}`,
    tag,
    summary: "Get a key",
    tokenScope: "keys:read",
    input: keyRefSchema,
    output: keySchema,
    verb: getKey,
  }),
  route({
    method: "PATCH",
    path: `${KEYS}/{keyId}`,
    tag,
    summary:
      "Change a key (developer); `enabled` disables and enables it. Only an administrator can enable a key that an administrator or a policy disabled, with a token that also has admin:write: 403 for others",
    tokenScope: "keys:write",
    extraScopes: ["admin:write"],
    input: updateKeySchema,
    output: keySchema,
    verb: updateKey,
    maxBodyBytes: CAP_BYTES,
  }),
  route({
    method: "DELETE",
    path: `${KEYS}/{keyId}`,
    tag,
    summary: "Revoke a key (developer). It is denied within a second and can be restored for 30 days",
    tokenScope: "keys:write",
    input: keyRefSchema,
    output: keySchema,
    verb: revokeKey,
  }),
  route({
    method: "POST",
    path: `${KEYS}/{keyId}/restore`,
    tag,
    summary:
      "Restore a revoked key (developer) within 30 days; the policy for leaked keys can leave it disabled. Only an administrator can restore a key that an administrator or a policy revoked, with a token that also has admin:write: 403 for others",
    tokenScope: "keys:write",
    extraScopes: ["admin:write"],
    input: keyRefSchema,
    output: keySchema,
    verb: restoreKey,
  }),
  route({
    method: "POST",
    path: `${KEYS}/{keyId}/approve`,
    tag,
    summary: "Approve a key that waits for it (owner). It works from then on",
    description:
      "A rule for keys can require that an owner of the project approves each live key that a developer creates. Until then, the key is disabled and has `approval.status` `pending`.",
    tokenScope: "keys:write",
    input: keyRefSchema,
    output: keySchema,
    verb: approveKey,
  }),
  route({
    method: "POST",
    path: `${KEYS}/{keyId}/refuse`,
    tag,
    summary: "Decline a key that waits for an approval (owner). It is revoked; restoring it asks again",
    tokenScope: "keys:write",
    input: declineKeySchema,
    output: keySchema,
    verb: declineKey,
  }),
  route({
    method: "POST",
    path: `${KEYS}/{keyId}/rotate`,
    tag,
    summary:
      "Rotate the secret of a key (developer); the previous secret works until the overlap ends. During an overlap: 409 with the code OVERLAP_RUNNING, unless `endOlder` is true",
    tokenScope: "keys:write",
    input: rotateKeySchema,
    output: keyWithSecretSchema,
    verb: rotateKey,
  }),
  route({
    method: "DELETE",
    path: `${KEYS}/{keyId}/secrets/{secretId}`,
    tag,
    summary: "End an older secret's overlap now (developer)",
    tokenScope: "keys:write",
    input: secretRefSchema,
    output: keySchema,
    verb: endSecret,
  }),
  route({
    method: "PATCH",
    path: `${KEYS}/{keyId}/secrets/{secretId}`,
    tag,
    summary: "Change when an older secret's overlap ends (developer), at most 30 days after its rotation",
    tokenScope: "keys:write",
    input: changeOverlapEndSchema,
    output: keySchema,
    verb: changeOverlapEnd,
  }),
  route({
    method: "GET",
    path: `${KEYS}/{keyId}/rules`,
    tag,
    summary: "Get the key rules that a key breaks, what happens because of it, and its exemption",
    tokenScope: "keys:read",
    input: keyRefSchema,
    output: keyRuleStateSchema,
    verb: getKeyRuleState,
  }),
  route({
    method: "GET",
    path: `${KEYS}/{keyId}/rotation`,
    tag,
    summary: "During an overlap, get the traffic of both secrets and the clients that still use the old one",
    tokenScope: "keys:read",
    input: keyRefSchema,
    output: rotationResultSchema,
    verb: readRotation,
  }),
];
