"use client";

import { type TransitionStartFunction, useContext, useEffect, useRef } from "react";
import type { ActionResult } from "#domain/result.ts";
import { answered } from "./answered.ts";
import { type AttemptOf, newAttemptKey, noteUnanswered, RecallContext, unansweredKey } from "./attempt.ts";
import { toast } from "./toaster.tsx";

const UNANSWERED =
  "The portal could not be reached, or its answer got lost. Try again: if the first attempt was carried out you get its result, and nothing is done twice.";

/** The key of a form's attempt, and how to send with it. Without `of` it only sends. */
export function useAttempt(of: AttemptOf | undefined) {
  const key = useRef<string | null>(null);
  const keyOf = () => {
    if (of === undefined) return "";
    key.current ??= unansweredKey(of) ?? newAttemptKey();
    return key.current;
  };
  const send = async <Value>(request: () => Promise<ActionResult<Value>>): Promise<ActionResult<Value>> => {
    if (of === undefined) return answered(request);
    noteUnanswered(of, keyOf());
    const result = await answered(request, UNANSWERED);
    // A fault inside the portal may have come after the change: only the same key tells.
    if (!result.ok && result.code === "unexpected") return result;
    noteUnanswered(of, null);
    if (result.ok || result.created) key.current = null;
    if (result.ok && result.replayed) sayReplayed();
    return result;
  };
  return { keyOf, send };
}

/** When a dialog opens whose last attempt was not answered: shows what became of it. */
export function useRecall(
  of: AttemptOf | undefined,
  settle: (result: ActionResult<unknown>) => void,
  start: TransitionStartFunction,
): void {
  const recall = useContext(RecallContext);
  const latest = useRef({ of, settle });
  latest.current = { of, settle };
  useEffect(() => {
    const { of: mine } = latest.current;
    const key = mine && unansweredKey(mine);
    if (!mine || !key || !recall) return;
    start(async () => {
      const result = await answered(() => recall({ form: mine.form, key }));
      if (!result.ok && result.code === "unexpected") return;
      noteUnanswered(mine, null);
      if (result.ok && result.value === null) return;
      if (result.ok) sayReplayed();
      latest.current.settle(result.ok ? { ok: true, value: result.value?.value } : result);
    });
  }, [recall, start]);
}

function sayReplayed(): void {
  toast(
    "This is the result of your first attempt.",
    "Its answer got lost on the way. Nothing was done twice.",
  );
}
