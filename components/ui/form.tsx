"use client";

import { Form } from "@base-ui/react/form";
import { CircleAlert } from "lucide-react";
import {
  createContext,
  type ReactNode,
  type SubmitEvent,
  useContext,
  useEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import type { ActionFailure, ActionResult } from "#domain/result.ts";
import type { AttemptOf } from "./attempt.ts";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { CreatedLink } from "./created-link.tsx";
import { cx } from "./cx.ts";
import { placeErrors } from "./form-errors.ts";
import { useAttempt, useRecall } from "./use-attempt.ts";

interface FormState {
  pending: boolean;
  message: string | null;
  failure: ActionFailure | null;
}

const FormContext = createContext<FormState>({ pending: false, message: null, failure: null });

interface ActionFormProps<Value> {
  /** Sends what was typed. Build the input here; the server's schema judges it. */
  action: (data: FormData, key: string) => Promise<ActionResult<Value>>;
  /**
   * For a form that creates or replaces something: `action` gets a key with which a repeated press, or the same dialog
   * opened again, gets the result of the first attempt instead of doing it twice.
   */
  attempt?: AttemptOf;
  /** After a failure, besides showing it. */
  onFailure?: (failure: ActionFailure) => void;
  /** After success. The form stays pending until what it starts (a navigation) is done. */
  onDone?: (value: Value) => void;
  /** After success, start again with empty fields: for forms that stay. */
  resetWhenDone?: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * A form that keeps what was typed, shows each of the server's faults at its field and goes to the first.
 * What belongs to no field shows in `FormMessage`.
 */
export function ActionForm<Value>({
  action,
  attempt,
  onDone,
  onFailure,
  resetWhenDone,
  className,
  children,
}: ActionFormProps<Value>) {
  const form = useRef<HTMLFormElement>(null);
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [placed, setPlaced] = useState<ReturnType<typeof placeErrors>>({ fields: {}, form: null });

  const { keyOf, send } = useAttempt(attempt);

  useEffect(() => {
    if (failure) focusFirstFault(form.current);
  }, [failure]);

  const settle = (result: ActionResult<Value>, element: HTMLFormElement | null) =>
    start(() => {
      setFailure(result.ok ? null : result);
      setPlaced(
        result.ok ? { fields: {}, form: null } : placeErrors(result, element ? namesIn(element) : new Set()),
      );
      if (!result.ok) return onFailure?.(result);
      if (resetWhenDone) element?.reset();
      onDone?.(result.value);
    });

  useRecall(attempt, (result) => settle(result as ActionResult<Value>, form.current), start);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const element = event.currentTarget;
    const data = new FormData(element);
    start(async () => {
      settle(await send(() => action(data, keyOf())), element);
    });
  };

  return (
    <FormContext value={{ pending, message: placed.form, failure }}>
      {/* Sent before the script has taken over, it must not put what was typed into the address. */}
      <Form
        ref={form}
        method="post"
        errors={placed.fields}
        onSubmit={submit}
        className={cx("grid gap-5", className)}
      >
        {children}
      </Form>
    </FormContext>
  );
}

function namesIn(form: HTMLFormElement): Set<string> {
  const groups = [...form.querySelectorAll("[data-field]")].map((element) =>
    element.getAttribute("data-field"),
  );
  const controls = [...form.elements].map((element) => element.getAttribute("name"));
  return new Set([...groups, ...controls].filter((name) => name !== null));
}

function focusFirstFault(form: HTMLFormElement | null): void {
  const first = form?.querySelector<HTMLElement>("[data-field][data-invalid], [data-form-message]");
  // A group may know which of its controls is wrong.
  const control =
    first?.querySelector<HTMLElement>("[aria-invalid=true]") ??
    first?.querySelector<HTMLElement>("input, select, textarea") ??
    first;
  control?.focus();
}

/** What went wrong with the whole form. Put it above the buttons. */
export function FormMessage() {
  const { message, failure } = useContext(FormContext);
  if (!message) return null;
  const { errorId, created } = failure ?? {};
  return (
    <div
      role="alert"
      data-form-message
      tabIndex={-1}
      className="flex gap-2 rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm text-ink"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <p>
        {message}
        {created ? <CreatedLink created={created} /> : null}
        {errorId ? <span className="block text-muted">Quote {errorId} when you report it.</span> : null}
      </p>
    </div>
  );
}

interface SubmitButtonProps {
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
  disabled?: boolean;
}

/** Sends the form, and shows that it is on its way. */
export function SubmitButton({ variant = "primary", ...rest }: SubmitButtonProps) {
  const { pending } = useContext(FormContext);
  return <Button {...rest} type="submit" variant={variant} pending={pending} />;
}

/** Where a form's buttons stand: the action first in reading order on a phone, at the right on a desk. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center justify-end gap-2">{children}</div>;
}

/** The text of a field, trimmed; empty where there is none. */
export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}
