import { type MouseEvent, type RefObject, useId, useRef, useState } from "react";

/** How a menu is open, and from which button. */
export interface MenuState {
  anchor: RefObject<HTMLButtonElement | null>;
  /** The id of the button, which names the menu. */
  buttonId: string;
  /** By the keyboard, the focus goes to the first item. Null while the menu is closed. */
  openedBy: "keyboard" | "pointer" | null;
  onClose: () => void;
}

/** The state of a button and its menu, whose code is loaded when the pointer or the focus is on the button. */
export function useMenuButton() {
  const buttonId = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  const [openedBy, setOpenedBy] = useState<MenuState["openedBy"]>(null);
  const load = () => setLoaded(true);
  return {
    isLoaded,
    button: {
      ref: anchor,
      id: buttonId,
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": openedBy !== null,
      onPointerEnter: load,
      onFocus: load,
      onClick({ detail }: MouseEvent) {
        load();
        // Enter, the space bar and screen readers click without a pointer.
        setOpenedBy(detail === 0 ? "keyboard" : "pointer");
      },
    },
    menu: { anchor, buttonId, openedBy, onClose: () => setOpenedBy(null) },
  } as const;
}
