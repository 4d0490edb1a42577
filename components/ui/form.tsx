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
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { cx } from "./cx.ts";
import { placeErrors } from "./form-errors.ts";

interface FormState {
  pending: boolean;
  message: string | null;
  errorId: string | undefined;
}

const FormContext = createContext<FormState>({ pending: false, message: null, errorId: undefined });

interface ActionFormProps<Value> {
  /** Sends what was typed. Build the input here; the server's schema judges it. */
  action: (data: FormData) => Promise<ActionResult<Value>>;
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
  onDone,
  resetWhenDone,
  className,
  children,
}: ActionFormProps<Value>) {
  const form = useRef<HTMLFormElement>(null);
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [placed, setPlaced] = useState<ReturnType<typeof placeErrors>>({ fields: {}, form: null });

  useEffect(() => {
    if (failure) focusFirstFault(form.current);
  }, [failure]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const element = event.currentTarget;
    const data = new FormData(element);
    start(async () => {
      const result = await attempt(() => action(data));
      start(() => {
        setFailure(result.ok ? null : result);
        setPlaced(result.ok ? { fields: {}, form: null } : placeErrors(result, namesIn(element)));
        if (!result.ok) return;
        if (resetWhenDone) element.reset();
        onDone?.(result.value);
      });
    });
  };

  return (
    <FormContext value={{ pending, message: placed.form, errorId: failure?.errorId }}>
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

/** A request that never arrived is told like any other fault, with what was typed still there. */
async function attempt<Value>(send: () => Promise<ActionResult<Value>>): Promise<ActionResult<Value>> {
  try {
    return await send();
  } catch (error) {
    // Next's own signals (a redirect) travel as errors, and are not ours to swallow.
    if (typeof error === "object" && error !== null && "digest" in error) throw error;
    return {
      ok: false,
      code: "unexpected",
      message: "The portal could not be reached. Nothing was lost here: try again.",
      errors: [],
    };
  }
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
  const { message, errorId } = useContext(FormContext);
  if (!message) return null;
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
