/** A key press, as far as the shortcuts depend on it. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Held down. */
  repeat: boolean;
  /** Part of a character that an input method composes. */
  isComposing: boolean;
  /** The focus is where text is typed or an option is chosen. */
  isTyping: boolean;
  /** A dialog or a menu is open. */
  isCovered: boolean;
}

export type Shortcut = "menu" | "search" | "create" | "help";

const CHARACTERS = new Map<string, Shortcut>([
  ["/", "search"],
  ["c", "create"],
  ["?", "help"],
]);

/**
 * What a key press asks for; null for nothing. Single characters count only where nothing else receives them, and only
 * while they are enabled: WCAG 2.2, 2.1.4.
 */
export function shortcutOf(press: Press, charactersEnabled: boolean): Shortcut | null {
  const { key, ctrlKey, metaKey, altKey, repeat, isComposing, isTyping, isCovered } = press;
  if (key.toLowerCase() === "k" && (metaKey || ctrlKey)) return "menu";
  if (!charactersEnabled || ctrlKey || metaKey || altKey) return null;
  if (repeat || isComposing || isTyping || isCovered) return null;
  return CHARACTERS.get(key) ?? null;
}

const TYPING =
  "input:not([type=checkbox]), textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=slider]";
const COVERS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

export function pressOf(event: KeyboardEvent): Press {
  const { key, ctrlKey, metaKey, altKey, repeat, isComposing, target } = event;
  return {
    key,
    ctrlKey,
    metaKey,
    altKey,
    repeat,
    isComposing,
    isTyping: target instanceof Element && target.closest(TYPING) !== null,
    isCovered: document.querySelector(COVERS) !== null,
  };
}

/** The search field of the page; null if it has none. */
export function pageSearch(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(
    "main :is(search, [role=search]) input, main input[type=search]",
  );
}

/** What creates the item of this page, such as "Create key"; null if nothing does. */
export function pageCreate(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main [data-create]");
}

const DISABLED = "latchkey-shortcuts-disabled";

/** Whether single characters are shortcuts in this browser. */
export function areCharactersEnabled(): boolean {
  try {
    return localStorage.getItem(DISABLED) === null;
  } catch {
    return true;
  }
}

export function enableCharacters(enabled: boolean): void {
  try {
    if (enabled) localStorage.removeItem(DISABLED);
    else localStorage.setItem(DISABLED, "1");
  } catch {
    // Without storage they stay enabled.
  }
}
