import type { ActionResult } from "#domain/errors.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";

const load = () => import("./recovery-codes.tsx");

export const RecoveryCodesDialog = lazyInBrowser(() => load().then((module) => module.RecoveryCodesDialog));

/** Acts once the dialog that shows new recovery codes is loaded: without it, the codes would be lost. */
export async function withCodesDialog<Value>(
  send: () => Promise<ActionResult<Value>>,
): Promise<ActionResult<Value>> {
  await load();
  return send();
}
