"use client";

import type { ComponentProps } from "react";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import type { AlertForm as Form } from "./alert-form.tsx";

const load = () => import("./alert-form.tsx");
const AlertForm = lazyInBrowser(() => load().then((module) => module.AlertForm));

/** The dialog that creates an alert. The URL holds whether it is open. */
export function NewAlert(props: Pick<ComponentProps<typeof Form>, "projectId" | "create">) {
  const { open, hide } = useNewDialog(load);
  return open ? <AlertForm {...props} onDone={hide} onClose={hide} /> : null;
}
