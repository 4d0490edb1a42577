"use client";

import { useRouter } from "next/navigation";
import type { UnusedActions } from "../unused/actions.ts";
import { ExemptForm } from "../unused/exempt-form.tsx";

interface ExemptDialogProps {
  subject: { id: string; name: string };
  /** What the exemption is from. */
  description: string;
  exempt: UnusedActions["exemptKey"];
  /** The page without the dialog. */
  closeHref: string;
}

/** The form that exempts a key from the key rules, for a page whose URL opens it. */
export function ExemptDialog({ closeHref, ...form }: ExemptDialogProps) {
  const router = useRouter();
  return <ExemptForm {...form} onClose={() => router.replace(closeHref, { scroll: false })} />;
}
