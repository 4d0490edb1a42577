"use client";

import { type TransitionStartFunction, useContext, useEffect, useRef } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { AttemptResultContext } from "./attempt-result.tsx";
import { uiText } from "./text.ts";
import { toast } from "./toast.ts";

/** Calls a server action. An answer that does not arrive becomes a failure with `message`. */
export async function callAction<Value>(
  send: () => Promise<ActionResult<Value>>,
  message: string = uiText.unanswered,
): Promise<ActionResult<Value>> {
  try {
    return await send();
  } catch (error) {
    // Next throws its own signals, such as a redirect: they must reach it.
    if (typeof error === "object" && error !== null && "digest" in error) throw error;
    return { ok: false, code: "unexpected", message, errors: [] };
  }
}

/** Identifies the attempts of a form that creates or replaces something: the form, and the item it acts on. */
export interface AttemptOf {
  form: string;
  subject: string;
}

/** A new idempotency key of 192 random bits. `crypto.randomUUID` does not exist on pages without TLS. */
function newAttemptKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const slotOf = ({ form, subject }: AttemptOf) => `latchkey-attempt:${form}:${subject}`;

/** The key of this tab's attempt that is still unanswered; null for none. */
function unansweredKey(of: AttemptOf): string | null {
  try {
    return sessionStorage.getItem(slotOf(of));
  } catch {
    return null;
  }
}

/** Keeps the key of an attempt until its answer arrives, across closing the dialog and reloading the page. */
function noteUnanswered(of: AttemptOf, key: string | null): void {
  try {
    if (key === null) sessionStorage.removeItem(slotOf(of));
    else sessionStorage.setItem(slotOf(of), key);
  } catch {
    // Without storage, the key lives as long as the dialog.
  }
}

/** The idempotency key of a form's attempt, and a way to send with it. Without `of` it only sends. */
export function useAttempt(of: AttemptOf | undefined) {
  const key = useRef<string | null>(null);
  const keyOf = () => {
    if (of === undefined) return "";
    key.current ??= unansweredKey(of) ?? newAttemptKey();
    return key.current;
  };
  const send = async <Value,>(request: () => Promise<ActionResult<Value>>): Promise<ActionResult<Value>> => {
    if (of === undefined) return callAction(request);
    noteUnanswered(of, keyOf());
    const result = await callAction(request, uiText.unansweredAttempt);
    // The portal may have failed after the change: only a retry with the same key shows it.
    if (!result.ok && result.code === "unexpected") return result;
    noteUnanswered(of, null);
    if (result.ok || result.created) key.current = null;
    if (result.ok && result.replayed) showReplayed();
    return result;
  };
  return { keyOf, send };
}

/** When a dialog opens whose last attempt was not answered, shows the result of that attempt. */
export function useEarlierResult(
  of: AttemptOf | undefined,
  settle: (result: ActionResult<unknown>) => void,
  start: TransitionStartFunction,
): void {
  const findResult = useContext(AttemptResultContext);
  const latest = useRef({ of, settle });
  latest.current = { of, settle };
  useEffect(() => {
    const { of: mine } = latest.current;
    const key = mine && unansweredKey(mine);
    if (!mine || !key || !findResult) return;
    start(async () => {
      const result = await callAction(() => findResult({ form: mine.form, key }));
      if (!result.ok && result.code === "unexpected") return;
      noteUnanswered(mine, null);
      if (result.ok && result.value === null) return;
      if (result.ok) showReplayed();
      latest.current.settle(result.ok ? { ok: true, value: result.value?.value } : result);
    });
  }, [findResult, start]);
}

function showReplayed(): void {
  toast(uiText.replayed, uiText.replayedDetail);
}
