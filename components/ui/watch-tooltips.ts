import { formatDateTime } from "./format-time.ts";
import { interactionText } from "./interaction-text.ts";
import { SHOWS_TIMES } from "./time.tsx";
import { hasMoves } from "./watch-tables.ts";

const SELECTOR = "[data-tip], [data-tip-time]";
const GAP = 6;
const HOVER_DELAY_MS = 250;

function createTooltip(): HTMLElement {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.role = "tooltip";
  tip.popover = "manual";
  tip.className = "popup fixed m-0 max-w-80 px-2 py-1 text-xs whitespace-pre-line text-ink tabular-nums";
  return tip;
}

/** Shows the tooltip of what the pointer or the focus is on. Returns how to stop. */
export function watchTooltips(): () => void {
  const tip = createTooltip();
  let shown: HTMLElement | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const hide = () => {
    clearTimeout(waiting);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = (target: HTMLElement, text = textOf(target)) => {
    clearTimeout(waiting);
    if (shown === target || !target.isConnected) return;
    hide();
    tip.textContent = text;
    // Inside the landmark of its target, because a modal dialog makes the rest of the page unreachable.
    (target.closest("[role=dialog], [role=alertdialog], nav, header, main") ?? document.body).append(tip);
    tip.showPopover();
    positionTooltip(tip, target);
    // An existing description stays.
    if (!target.hasAttribute("aria-describedby")) target.setAttribute("aria-describedby", tip.id);
    shown = target;
  };
  const over = (element: EventTarget | null | undefined) => {
    const target = targetOf(element);
    if (!target || target === shown) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show(target), HOVER_DELAY_MS);
  };
  const out = (event: PointerEvent) => {
    const to = event.relatedTarget;
    // The tooltip stays while the pointer is on it, so that its text can be selected.
    if (to instanceof Node && (tip.contains(to) || shown?.contains(to))) return;
    hide();
  };
  const focus = (focused: EventTarget | null) => {
    const target = targetOf(focused);
    if (target?.matches(":focus-visible, :has(:focus-visible)")) return show(target);
    if (!(focused instanceof HTMLElement) || !focused.matches(":focus-visible")) return;
    // A box that scrolls may contain the times of a whole table.
    const text = focused.matches("[role=region]") ? keysOf(focused) : timesOf(focused);
    if (text !== "") show(focused, text);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape") hide();
  };

  /** The focus may have scrolled its element into view: its tooltip moves along. */
  const scroll = () => {
    const box = shown?.getBoundingClientRect();
    const isInView = box !== undefined && box.bottom > 0 && box.top < window.innerHeight;
    if (shown && isInView && shown.matches(":focus-visible")) positionTooltip(tip, shown);
    else hide();
  };

  const stop = new AbortController();
  const options = { signal: stop.signal };
  document.addEventListener("pointerover", (event) => over(event.target), options);
  document.addEventListener("pointerout", out, options);
  document.addEventListener("focusin", (event) => focus(event.target), options);
  document.addEventListener("focusout", hide, options);
  document.addEventListener("keydown", key, options);
  document.addEventListener("pointerdown", hide, options);
  window.addEventListener("scroll", scroll, { ...options, capture: true, passive: true });
  // What happened before this was loaded.
  over([...document.querySelectorAll(":hover")].at(-1));
  focus(document.activeElement);
  return () => {
    stop.abort();
    hide();
    tip.remove();
  };
}

function targetOf(element: EventTarget | null | undefined): HTMLElement | null {
  return element instanceof Element ? element.closest<HTMLElement>(SELECTOR) : null;
}

function textOf(target: HTMLElement): string {
  const text = target.getAttribute("data-tip");
  if (text) return text;
  const at = target.getAttribute("datetime");
  return at ? formatDateTime(Date.parse(at)) : "";
}

/** The exact times in `focused`, or in its whole row if it is what opens the row; empty without any. */
function timesOf(focused: HTMLElement): string {
  const row = focused.closest("tr, li");
  const opener = row?.querySelector(".row-link") ?? row?.querySelector(SHOWS_TIMES);
  const times = (row && opener === focused ? row : focused).querySelectorAll<HTMLElement>(
    "time[data-tip-time]",
  );
  const lines = [...times]
    .filter((time) => time.checkVisibility())
    .map((time) => [headingOf(time), textOf(time)].filter(Boolean).join(": "));
  return [...new Set(lines)].join("\n");
}

/** Which keys move in the table that a box contains; empty if none do. */
function keysOf(box: HTMLElement): string {
  const table = box.querySelector<HTMLTableElement>(":scope > table.table");
  return table && hasMoves(table) ? interactionText.tableKeys : "";
}

/** The heading of the column that a time is in; empty outside of tables. */
function headingOf(time: HTMLElement): string {
  const cell = time.closest("td");
  const heading = cell?.closest("table")?.tHead?.rows[0]?.cells[cell.cellIndex];
  return heading?.textContent.trim() ?? "";
}

/** Above the target if there is space, else below it, or over its end; always inside the window. */
function positionTooltip(tip: HTMLElement, target: HTMLElement): void {
  const box = target.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = box.left + box.width / 2 - width / 2;
  const above = box.top - height - GAP;
  tip.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
  const below = Math.min(box.bottom + GAP, window.innerHeight - height - GAP);
  tip.style.top = `${above > GAP ? above : below}px`;
}
