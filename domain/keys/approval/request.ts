import type { Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { keyNeedsApproval } from "../../access/policies/key-rules.ts";
import type { KeyRules } from "../../access/policies/schema.ts";
import type { Ctx } from "../../context.ts";
import { notifySome } from "../../notifications/notify-many.ts";
import type { KeyRow } from "../find.ts";

type ApprovalColumns = Pick<KeyRow, "enabled" | "disabledBy" | "approval" | "approvalAt">;

/**
 * The columns of a new key that depend on whether it needs an approval. An owner's key is approved by its creation. A
 * pending one is disabled by a policy, so that verifiers and older portals deny it and members can't enable it.
 */
export function approvalOfNewKey(
  rules: readonly KeyRules[],
  environment: KeyRow["environment"],
  role: ProjectRole,
  nowMs: number,
): ApprovalColumns {
  if (!keyNeedsApproval(rules, environment))
    return { enabled: true, disabledBy: null, approval: null, approvalAt: null };
  return role === "owner"
    ? { enabled: true, disabledBy: null, approval: "approved", approvalAt: nowMs }
    : { enabled: false, disabledBy: "policy", approval: "pending", approvalAt: nowMs };
}

/** Whether a key waits for an approval, which alone enables it. */
export function isPending({ approval, enabled }: Pick<KeyRow, "approval" | "enabled">): boolean {
  return approval === "pending" && !enabled;
}

/** Notifies the owners of keys of one project that wait for an approval. */
export async function requestApproval(tx: Tx, ctx: Ctx, keys: readonly KeyRow[]): Promise<void> {
  const [one, ...others] = keys.filter(isPending);
  if (!one) return;
  const count = others.length + 1;
  await notifySome(tx, ctx, "approval-requested", {
    projectId: one.projectId,
    count,
    one,
    data: {},
    ownersOnly: true,
  });
}
