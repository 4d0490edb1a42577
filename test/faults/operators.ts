import type { Ctx } from "#domain/context.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { rotateKeySchema } from "#domain/keys/rotation/schema.ts";
import { updateKeySchema } from "#domain/keys/schema.ts";
import { updateKey } from "#domain/keys/update.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";

/** Ways to change a project. Each resolves when the change is acknowledged, and rejects when no response came. */
export interface Operators {
  revoke(keyId: string): Promise<unknown>;
  restore(keyId: string): Promise<unknown>;
  /** `fields` as in a PATCH of the key. */
  update(keyId: string, fields: object): Promise<unknown>;
  suspend(suspended: boolean): Promise<unknown>;
  /** Ends the old secret at once. Resolves with the new one, which is lost when the response is. */
  rotate(keyId: string): Promise<string>;
}

/** Calls the domain's verbs in this process. */
export function directOperators(ctx: Ctx, projectId: string): Operators {
  return {
    revoke: (keyId) => revokeKey({ ctx, input: { projectId, keyId } }),
    restore: (keyId) => restoreKey({ ctx, input: { projectId, keyId } }),
    update: (keyId, fields) =>
      updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) }),
    suspend: (suspended) => (suspended ? suspendProject : resumeProject)({ ctx, input: { projectId } }),
    async rotate(keyId) {
      const input = rotateKeySchema.parse({ projectId, keyId, overlapSeconds: 0 });
      return (await rotateKey({ ctx, input })).secret;
    },
  };
}

/** Calls the HTTP API of a portal, which may be stopped. */
export function apiOperators(portal: () => string, managementToken: string, projectId: string): Operators {
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${portal()}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${managementToken}`,
        ...(body && { "Content-Type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  };
  const keyAt = (keyId: string) => `/projects/${projectId}/keys/${keyId}`;
  return {
    revoke: (keyId) => call("DELETE", keyAt(keyId)),
    restore: (keyId) => call("POST", `${keyAt(keyId)}/restore`),
    update: (keyId, fields) => call("PATCH", keyAt(keyId), fields),
    suspend: (suspended) =>
      call("POST", `/admin/projects/${projectId}/${suspended ? "suspend" : "resume"}`, {}),
    async rotate(keyId) {
      return JSON.parse(await call("POST", `${keyAt(keyId)}/rotate`, { overlapSeconds: 0 })).secret;
    },
  };
}
