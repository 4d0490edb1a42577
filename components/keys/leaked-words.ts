import type { LeakAction } from "#domain/access/policies/types.ts";

export type BackKind = "restore" | "enable";

interface BackWords {
  title: (name: string) => string;
  confirm: string;
  text: string;
}

/**
 * What is said before a key comes back whose secret was found in public: its way back is a rotation first. By the
 * site's rule a restored one is switched off; who switches it on has been told.
 */
export function leakedBack(kind: BackKind, rule: LeakAction): BackWords {
  if (kind === "restore" && rule === "disable") return { ...LEAKED_BACK.restore, text: COMES_BACK_OFF };
  return LEAKED_BACK[kind];
}

const COMES_BACK_OFF =
  "A secret of it was found in public, so by the site's rule it comes back disabled. Rotate the key then, on its Secrets tab: that ends the leaked secret and enables the key.";

const LEAKED_BACK: Record<BackKind, BackWords> = {
  enable: {
    title: (name: string) => `Switch ${name} on with a secret that leaked?`,
    confirm: "Switch on",
    text: "A secret of it was found in public: whoever has it can use the key again within a second. Rotate the key with no overlap first, on its Secrets tab.",
  },
  restore: {
    title: (name: string) => `Restore ${name} with a secret that leaked?`,
    confirm: "Restore key",
    text: "A secret of it was found in public: whoever has it can use the key again within a second. Rotate the key with no overlap at once, on its Secrets tab.",
  },
};
