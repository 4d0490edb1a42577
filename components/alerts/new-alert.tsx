"use client";

import type { ComponentProps } from "react";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewParam } from "../ui/use-url-state.ts";
import type { AlertForm as Form } from "./alert-form.tsx";

const AlertForm = lazyInBrowser(() => import("./alert-form.tsx").then((module) => module.AlertForm));

/** The dialog that creates an alert. The URL holds whether it is open. */
export function NewAlert(props: Pick<ComponentProps<typeof Form>, "projectId" | "create">) {
  const { open, hide } = useNewParam();
  return open ? <AlertForm {...props} onDone={hide} onClose={hide} /> : null;
}
