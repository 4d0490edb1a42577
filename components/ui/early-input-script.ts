/**
 * Runs in the browser before the page is painted, from its text: nothing outside of it exists there. Until React has
 * hydrated an element, nobody handles its events: a form would reload the page and lose its input, a press would do
 * nothing, and a choice would be reset. Keeps what the user does, and repeats it on the hydrated element.
 */
function keepEarlyInput(): void {
  type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  const WAIT_MS = 50;
  const root = document.documentElement;
  /** What was entered: hydration resets some fields. */
  const inputs = new Map<Field, { value: string; isChecked: boolean }>();
  /** In order, each target once: who presses again wants one result. */
  const presses = new Map<Element, () => void>();
  let isWaiting = false;

  /** React adds a property to every element that it hydrates. */
  const isHydrated = (element: Element) =>
    Object.keys(element).some((name) => name.startsWith("__reactProps"));
  const canRepeat = (element: Element) => isHydrated(element) || !element.isConnected;

  const waitForHydration = () => {
    root.toggleAttribute("data-waiting", presses.size > 0);
    if (isWaiting || inputs.size + presses.size === 0) return;
    isWaiting = true;
    setTimeout(repeatHydrated, WAIT_MS);
  };

  const repeatHydrated = () => {
    isWaiting = false;
    // A form is sent after its fields, and a press may depend on the one before.
    if (inputs.size > 0) {
      for (const [field, entered] of inputs) {
        if (!canRepeat(field)) continue;
        inputs.delete(field);
        if (field.isConnected) repeatInput(field, entered.value, entered.isChecked);
      }
    } else {
      const [first] = presses;
      if (first !== undefined && canRepeat(first[0])) {
        presses.delete(first[0]);
        if (first[0].isConnected) first[1]();
      }
    }
    waitForHydration();
  };

  /**
   * React ignores the event of a value that it knows: it learns values that are set as a property of the element, and has
   * read what was entered while hydrating.
   */
  const repeatInput = (field: Field, value: string, isChecked: boolean) => {
    if (field instanceof HTMLSelectElement || field.type === "file") {
      if (field instanceof HTMLSelectElement) field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (field.type === "checkbox" || field.type === "radio") {
      (field as HTMLInputElement).checked = !isChecked;
      field.click();
    } else if (value !== field.defaultValue) {
      const { selectionStart, selectionEnd } = field;
      field.value = field.defaultValue;
      const { prototype } = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
      if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  // Before React, which may hydrate the field because of the event.
  const onInput = ({ target }: Event) => {
    const isField =
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement;
    if (!isField || isHydrated(target)) return;
    const isChecked = target instanceof HTMLInputElement && target.checked;
    inputs.set(target, { value: target.value, isChecked });
    waitForHydration();
  };
  addEventListener("input", onInput, true);
  addEventListener("change", onInput, true);

  const keepPress = (target: Element, repeat: () => void) => {
    presses.delete(target);
    presses.set(target, repeat);
    waitForHydration();
  };
  /**
   * React hydrates what is pressed before it handles the event. Where it can't, because code has not arrived, it stops the
   * event on its way down, and forgets it.
   */
  const whenForgotten = (event: Event, keep: () => void) => {
    const { stopPropagation } = event;
    event.stopPropagation = () => {
      stopPropagation.call(event);
      if (event.eventPhase === Event.CAPTURING_PHASE) keep();
    };
  };

  const pressedButton = ({ target }: Event) => {
    const button = target instanceof Element ? target.closest("button") : null;
    return button === null || (button.type === "submit" && button.form) ? null : button;
  };
  const keepClick = (button: HTMLButtonElement) => keepPress(button, () => button.click());
  const onClick = (event: Event) => {
    const button = pressedButton(event);
    if (button !== null) whenForgotten(event, () => keepClick(button));
  };
  addEventListener("click", onClick, true);
  // After React, for the same reason.
  addEventListener("click", (event) => {
    const button = pressedButton(event);
    if (button !== null && !isHydrated(button)) keepClick(button);
  });

  // A form with an action works without script.
  const needsScript = ({ target }: Event) => !(target as HTMLFormElement).hasAttribute("action");
  const keepSubmit = (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    keepPress(form, () => form.requestSubmit(event.submitter));
  };
  const onSubmit = (event: SubmitEvent) => {
    if (needsScript(event)) whenForgotten(event, () => keepSubmit(event));
  };
  addEventListener("submit", onSubmit, true);
  addEventListener("submit", (event) => {
    const isHandled = event.defaultPrevented || isHydrated(event.target as HTMLFormElement);
    if (!isHandled && needsScript(event)) keepSubmit(event);
  });
}

/** The script of every page that loses nothing of what the user does before hydration. */
export const EARLY_INPUT_SCRIPT = `(${keepEarlyInput})()`;
