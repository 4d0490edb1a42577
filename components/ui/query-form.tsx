"use client";

import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { type ComponentProps, type SubmitEvent, useContext } from "react";
import { whenOnline } from "./connection.ts";
import { withParams } from "./url-state.ts";

interface QueryFormProps extends Omit<ComponentProps<"form">, "action" | "method" | "onSubmit"> {
  /** The page that shows the result, without a query: the fields become its query. */
  action: string;
}

/**
 * A form with the filters of a page of the portal, which opens the page in place. Without JavaScript it is a plain form.
 * Empty fields are left out of the URL. `next/form` would add 2 kB (gzip) to the page.
 */
export function QueryForm({ action, ...rest }: QueryFormProps) {
  const router = useContext(AppRouterContext);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    if (router === null) return;
    event.preventDefault();
    const fields = [...new FormData(event.currentTarget)].map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : "",
    ]);
    const href = withParams(action, fields);
    if (!navigator.onLine) return whenOnline(() => location.assign(href));
    router.push(href);
  };
  return <form {...rest} action={action} onSubmit={submit} />;
}
