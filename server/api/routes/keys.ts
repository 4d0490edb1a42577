import { createKey } from "#domain/keys/create.ts";
import { endSecret } from "#domain/keys/end-secret.ts";
import { getKey, listKeys } from "#domain/keys/list.ts";
import { prolongSecret } from "#domain/keys/prolong-secret.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { readRotation } from "#domain/keys/rotation/read.ts";
import {
  createKeySchema,
  keyPageSchema,
  keyRefSchema,
  keySchema,
  keyWithSecretSchema,
  listKeysSchema,
  prolongSecretSchema,
  rotateKeySchema,
  secretRefSchema,
  updateKeySchema,
} from "#domain/keys/schema.ts";
import { updateKey } from "#domain/keys/update.ts";
import { route } from "../route.ts";
import { rotation } from "../shapes/keys.ts";

const tag = "Keys";
const KEYS = "/api/v1/projects/{projectId}/keys";
const CAP_BYTES = 1024 * 1024;

export const keyRoutes = [
  route({
    method: "GET",
    path: KEYS,
    tag,
    summary: "The keys of a project",
    description:
      "An answer has at most 1 MiB: where keys have large restrictions, a page has fewer of them than `limit`, and `nextCursor` leads on.",
    tokenScope: "keys:read",
    input: listKeysSchema,
    output: keyPageSchema,
    verb: listKeys,
  }),
  route({
    method: "POST",
    path: KEYS,
    tag,
    summary: "Make a key (developer); its secret is in this answer and nowhere else",
    tokenScope: "keys:write",
    input: createKeySchema,
    output: keyWithSecretSchema,
    status: 201,
    verb: createKey,
    location: (made) => `/api/v1/projects/${made.key.projectId}/keys/${made.key.id}`,
    capBytes: CAP_BYTES,
  }),
  route({
    method: "GET",
    path: `${KEYS}/{keyId}`,
    tag,
    summary: "One key",
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
      "Change a key (developer); `enabled` disables and enables it. What an administrator, a policy or a leak rule disabled, only an administrator enables, with a token that also has admin:write: 403 for others",
    tokenScope: "keys:write",
    extraScopes: ["admin:write"],
    input: updateKeySchema,
    output: keySchema,
    verb: updateKey,
    capBytes: CAP_BYTES,
  }),
  route({
    method: "DELETE",
    path: `${KEYS}/{keyId}`,
    tag,
    summary: "Revoke a key (developer); it is refused within a second, and restorable for 30 days",
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
      "Bring a revoked key back (developer), within 30 days; it comes back disabled where the rule for leaked keys says so. What an administrator or a policy revoked, only an administrator restores, with a token that also has admin:write: 403 for others",
    tokenScope: "keys:write",
    extraScopes: ["admin:write"],
    input: keyRefSchema,
    output: keySchema,
    verb: restoreKey,
  }),
  route({
    method: "POST",
    path: `${KEYS}/{keyId}/rotate`,
    tag,
    summary:
      "Give a key a new secret (developer); the one before works until the overlap ends. During an overlap: 409 with the code OVERLAP_RUNNING, unless `endOlder` is true",
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
    summary: "Set another end to an older secret's overlap (developer), at most 30 days from its rotation",
    tokenScope: "keys:write",
    input: prolongSecretSchema,
    output: keySchema,
    verb: prolongSecret,
  }),
  route({
    method: "GET",
    path: `${KEYS}/{keyId}/rotation`,
    tag,
    summary: "While an overlap runs: what both secrets do, and who still sends the old one",
    tokenScope: "keys:read",
    input: keyRefSchema,
    output: rotation,
    verb: readRotation,
  }),
];
