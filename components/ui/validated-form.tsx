"use client";

import { type ComponentProps, type FormEvent, type SubmitEvent, useState } from "react";
import { FieldErrors } from "./field-state.ts";

interface ValidatedFormProps extends Omit<ComponentProps<"form">, "onSubmit"> {
  /** Errors by the name of their field. A new object replaces those that are shown. */
  errors: Record<string, string[]>;
  /** Called if the browser finds no invalid value. */
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
}

/**
 * A form whose errors are shown at their fields, including those that the browser finds, such as a malformed email address.
 * An edit removes the error of its field.
 */
export function ValidatedForm({ errors, onSubmit, children, ...rest }: ValidatedFormProps) {
  const [given, setGiven] = useState(errors);
  const [shown, setShown] = useState(errors);
  if (given !== errors) {
    setGiven(errors);
    setShown(errors);
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const invalid = invalidControls(event.currentTarget);
    if (invalid.length === 0) return onSubmit(event);
    event.preventDefault();
    setShown(Object.fromEntries(invalid.map(({ field, control }) => [field, [control.validationMessage]])));
    invalid[0]?.control.focus();
  };
  const edit = ({ target }: FormEvent) => {
    const name = target instanceof Element ? fieldOf(target) : undefined;
    if (name === undefined || !Object.hasOwn(shown, name)) return;
    setShown(({ [name]: _, ...others }) => others);
  };
  return (
    <FieldErrors value={shown}>
      {/* `noValidate`: the browser would show its messages in its own bubbles. */}
      <form noValidate {...rest} onSubmit={submit} onInput={edit}>
        {children}
      </form>
    </FieldErrors>
  );
}

function fieldOf(element: Element): string | undefined {
  return element.closest<HTMLElement>("[data-field]")?.dataset.field;
}

/** The controls with a value that the browser can't accept. The server answers better than it what is missing. */
function invalidControls(form: HTMLFormElement): { field: string; control: HTMLInputElement }[] {
  return [...form.elements].flatMap((control) => {
    const field = fieldOf(control);
    if (!(control instanceof HTMLInputElement) || field === undefined) return [];
    return control.validity.valid || control.validity.valueMissing ? [] : [{ field, control }];
  });
}
