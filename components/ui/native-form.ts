"use client";

import { useActionState } from "react";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";

/** The result of a form that the browser sent without script, and the user's input. Never contains a password. */
export interface NativeResult<Value> {
  result: ActionResult<Value>;
  values: Record<string, string>;
}

export type NativeAction<Value> = (
  previous: NativeResult<Value> | null,
  data: FormData,
) => Promise<NativeResult<Value>>;

/** What `ActionForm` needs to work before its script has loaded, or without it. */
export interface NativeForm {
  submit: (data: FormData) => void;
  failure: ActionFailure | null;
}

/**
 * Lets a form work before its script has loaded, and without script: the browser sends it to `action`, and the page
 * that answers shows the result. `value` returns the user's input in a field, `done` the value after success.
 */
export function useNativeForm<Value>(action: NativeAction<Value>) {
  const [sent, submit] = useActionState(action, null);
  const result = sent?.result;
  const native: NativeForm = { submit, failure: result && !result.ok ? result : null };
  return {
    native,
    value: (name: string): string | undefined => sent?.values[name],
    done: result?.ok ? result.value : null,
  };
}
