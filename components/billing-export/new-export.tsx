"use client";

import { useRouter } from "next/navigation";
import type { BillingExport } from "#domain/billing/export/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import type { NewExportFields } from "./export-form.tsx";

const load = () => import("./export-form.tsx");
const ExportForm = lazyInBrowser(() => load().then((module) => module.ExportForm));

interface NewExportProps {
  create: (fields: NewExportFields) => Promise<ActionResult<BillingExport>>;
}

/** The dialog that creates an export. */
export function NewExport({ create }: NewExportProps) {
  const router = useRouter();
  const { open, hide } = useNewDialog(load);
  if (!open) return null;
  return (
    <ExportForm
      subject={null}
      save={create}
      onSaved={({ id }) => router.replace(`/admin/billing-exports/${id}`)}
      onClose={hide}
    />
  );
}
