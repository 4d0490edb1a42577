import dynamic from "next/dynamic";
import type { ActionResult } from "#domain/errors.ts";

const load = () => import("./recovery-codes.tsx");

export const RecoveryCodesDialog = dynamic(() => load().then((module) => module.RecoveryCodesDialog), {
  ssr: false,
});

/** Acts once the dialog that shows new recovery codes is loaded: without it, the codes would be lost. */
export async function withCodesDialog<Value>(
  send: () => Promise<ActionResult<Value>>,
): Promise<ActionResult<Value>> {
  await load();
  return send();
}
