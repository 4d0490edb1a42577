import { INTENT_MS } from "./link.tsx";

/** What a link can cover: the row of a table, the item of a list, or a figure with its name. */
const ROW = "tr, li, dl > div";
/** What handles its own presses. */
const CONTROL = "a, button, input, select, textarea, label, summary";
/** How far a hand moves the pointer without meaning to, px. */
const MAX_PRESS_PX = 4;

/**
 * Opens the link of the row or card that is pressed. The link itself no longer covers it, so that its text can be selected.
 * What the cover did is repeated: a new tab with Ctrl or the middle button, and prefetching. Touch screens keep the cover,
 * for the menu of a long press. Returns how to stop.
 */
export function watchRows(prefetch: (href: string) => void): () => void {
  let pressedAt = { x: 0, y: 0 };
  let pointedAt: HTMLAnchorElement | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const point = ({ target }: PointerEvent) => {
    const link = linkOfRow(target);
    if (link === pointedAt) return;
    clearTimeout(waiting);
    pointedAt = link;
    if (link) waiting = setTimeout(() => prefetch(link.getAttribute("href") ?? ""), INTENT_MS);
  };

  const down = (event: MouseEvent) => {
    pressedAt = { x: event.clientX, y: event.clientY };
    // Otherwise the middle button scrolls the page.
    if (event.button === 1 && linkOfRow(event.target) && !controlAt(event.target)) event.preventDefault();
  };

  /** Whether a press ends a selection of text. A press by keyboard has no `detail`. */
  const isSelection = ({ detail, clientX, clientY, shiftKey }: MouseEvent) =>
    detail > 0 &&
    document.getSelection()?.isCollapsed === false &&
    (shiftKey || Math.hypot(clientX - pressedAt.x, clientY - pressedAt.y) > MAX_PRESS_PX);

  const press = (event: MouseEvent) => {
    const link = linkOfRow(event.target);
    const control = controlAt(event.target);
    if (!link || event.button > 1 || (control && control !== link)) return;
    if (isSelection(event)) event.preventDefault();
    else if (!control) openLink(link, event);
  };

  const stop = new AbortController();
  // Before React, whose links ignore a press that is prevented.
  const options = { signal: stop.signal, capture: true };
  document.addEventListener("pointerover", point, options);
  document.addEventListener("mousedown", down, options);
  document.addEventListener("click", press, options);
  document.addEventListener("auxclick", press, options);
  document.documentElement.toggleAttribute("data-watches-rows", true);
  return () => {
    stop.abort();
    clearTimeout(waiting);
    document.documentElement.removeAttribute("data-watches-rows");
  };
}

/** The link of the row or card that contains the target; null without one. */
function linkOfRow(target: EventTarget | null): HTMLAnchorElement | null {
  const row = target instanceof Element ? target.closest(ROW) : null;
  const link = row?.querySelector<HTMLAnchorElement>("a.row-link") ?? null;
  return link?.closest(ROW) === row ? link : null;
}

function controlAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(CONTROL) : null;
}

/** Opens the link as if the pointer had pressed it. */
function openLink(link: HTMLAnchorElement, event: MouseEvent): void {
  const { button, ctrlKey, metaKey, shiftKey } = event;
  if (button === 1 || ctrlKey || metaKey || shiftKey) window.open(link.href, "_blank", "noopener");
  else link.dispatchEvent(new MouseEvent("click", event));
}
