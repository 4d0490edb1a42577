"use client";

import { clsx } from "clsx";
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
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import { type AttemptOf, useAttempt, useEarlierResult } from "./attempt.tsx";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { entriesIn } from "./entries.ts";
import { errorIdText } from "./error-id.ts";
import { SignInAgain } from "./failure-text.tsx";
import { type FormErrors, placeErrors } from "./form-errors.ts";
import { lazyInBrowser } from "./lazy.tsx";
import type { NativeForm } from "./native-form.ts";
import { useIsPortal, useStepUp } from "./step-up.tsx";
import { ValidatedForm } from "./validated-form.tsx";

// Rarely needed, and most pages have a form.
const CreatedLink = lazyInBrowser(() => import("./created-link.tsx").then((module) => module.CreatedLink));

interface FormState {
  pending: boolean;
  message: string | null;
  failure: ActionFailure | null;
}

const FormContext = createContext<FormState>({ pending: false, message: null, failure: null });

interface ActionFormProps<Value> {
  /** Builds the input from the form and sends it; the server's schema validates it. */
  action: (data: FormData, key: string) => Promise<ActionResult<Value>>;
  /**
   * For a form that creates or replaces something: `action` gets an idempotency key, so that a repeated press, or the
   * same dialog opened again, returns the result of the first attempt instead of acting twice.
   */
  attempt?: AttemptOf;
  /** Sends the form before its script has loaded, and without script: from `useNativeForm`. */
  native?: NativeForm;
  /** Called after a failure, in addition to showing it. */
  onFailure?: (failure: ActionFailure) => void;
  /** Called after success. The form stays pending until a navigation that this starts has finished. */
  onDone?: (value: Value) => void;
  /** Clears the fields after success, for forms that stay on the page. */
  resetWhenDone?: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * A form that keeps its input after an error, shows each error of the server at its field and focuses the first.
 * `FormMessage` shows errors that belong to no field.
 */
export function ActionForm<Value>({
  action,
  attempt,
  native,
  onDone,
  onFailure,
  resetWhenDone,
  className,
  children,
}: ActionFormProps<Value>) {
  const form = useRef<HTMLFormElement>(null);
  const [pending, start] = useTransition();
  const sentNatively = native?.failure ?? null;
  const [failure, setFailure] = useState<ActionFailure | null>(sentNatively);
  // Without script, fields don't show their errors: the form shows all of them.
  const [placed, setPlaced] = useState<FormErrors>(
    sentNatively ? placeErrors(sentNatively, new Set()) : { fields: {}, form: null },
  );

  const { keyOf, send } = useAttempt(attempt);
  const { withStepUp, dialog } = useStepUp();

  useEffect(() => {
    if (failure) focusFirstError(form.current);
  }, [failure]);

  const settle = (result: ActionResult<Value>, element: HTMLFormElement | null) =>
    start(() => {
      setFailure(result.ok ? null : result);
      setPlaced(
        result.ok
          ? { fields: {}, form: null }
          : placeErrors(result, element ? namesIn(element) : new Set(), (name) => entriesOf(element, name)),
      );
      if (!result.ok) return onFailure?.(result);
      if (resetWhenDone) element?.reset();
      onDone?.(result.value);
    });

  useEarlierResult(attempt, (result) => settle(result as ActionResult<Value>, form.current), start);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const element = event.currentTarget;
    const data = new FormData(element);
    start(async () => {
      settle(await withStepUp(() => send(() => action(data, keyOf()))), element);
    });
  };

  return (
    <FormContext value={{ pending, message: placed.form, failure }}>
      {/* POST, because a form without script must not put its input into the URL. React sets it for actions. */}
      <ValidatedForm
        ref={form}
        {...(native ? { action: native.submit } : { method: "post" })}
        errors={placed.fields}
        onSubmit={submit}
        className={clsx("grid gap-5", className)}
      >
        {children}
      </ValidatedForm>
      {dialog}
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

/** The entries of a text field that takes several, marked with `data-entries`. */
function entriesOf(form: HTMLFormElement | null, name: string): string[] {
  const control = form?.elements.namedItem(name);
  const isText = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
  return isText && "entries" in control.dataset ? entriesIn(control.value) : [];
}

function focusFirstError(form: HTMLFormElement | null): void {
  const first = form?.querySelector<HTMLElement>("[data-field][data-invalid], [data-form-message]");
  // A group may mark which of its controls is invalid.
  const control =
    first?.querySelector<HTMLElement>("[aria-invalid=true]") ??
    first?.querySelector<HTMLElement>("input, select, textarea") ??
    first;
  control?.focus();
}

/** Errors of the form as a whole. Place it above the buttons. */
export function FormMessage() {
  const { message, failure } = useContext(FormContext);
  const isSignedOut = useIsPortal() && failure?.code === "unauthenticated";
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
        {isSignedOut ? <SignInAgain /> : null}
        {created ? <CreatedLink created={created} /> : null}
        {errorId ? <span className="block text-muted">{errorIdText(errorId)}</span> : null}
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

/** Submits the form, and shows that it is being sent. */
export function SubmitButton({ variant = "primary", ...rest }: SubmitButtonProps) {
  const { pending } = useContext(FormContext);
  return <Button {...rest} type="submit" variant={variant} pending={pending} />;
}

/** The buttons of a form, at the right. In a dialog they stay in view while the fields scroll. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="form-actions flex flex-wrap items-center justify-end gap-2">{children}</div>;
}

/** The trimmed text of a field; empty if there is none. */
export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}
