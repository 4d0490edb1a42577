"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { clsx } from "clsx";
import type { FocusEvent, ReactNode } from "react";
import { Link } from "./link.tsx";
import type { MenuState } from "./use-menu-button.ts";

interface MenuProps extends MenuState {
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
}

/** The menu of a button that has the props of `useMenuButton`. */
export function Menu({
  align = "end",
  side = "bottom",
  anchor,
  buttonId,
  openedBy,
  onClose,
  children,
}: MenuProps) {
  return (
    <Base.Root open={openedBy !== null} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Base.Portal container={landmarkOf(anchor.current)}>
        <Base.Positioner
          align={align}
          side={side}
          anchor={anchor}
          sideOffset={4}
          className="z-30 outline-none"
        >
          <Base.Popup
            aria-labelledby={buttonId}
            className="popup max-h-(--available-height) min-w-48 overflow-y-auto p-1 outline-none"
            onFocus={(event) => {
              if (openedBy === "keyboard" && isEntered(event)) focusFirstItem(event.currentTarget);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Tab") return;
              // The rest of the page is hidden from screen readers until the menu has closed.
              event.preventDefault();
              onClose();
            }}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Whether the focus came to the menu itself from outside, as Base UI moves it when the menu opens. */
function isEntered({ target, currentTarget, relatedTarget }: FocusEvent): boolean {
  return target === currentTarget && !currentTarget.contains(relatedTarget);
}

function focusFirstItem(menu: Element): void {
  menu.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus({ preventScroll: true });
}

/** The landmark that contains `element`, so that screen readers find the menu there. */
function landmarkOf(element: Element | null): HTMLElement | undefined {
  return element?.closest<HTMLElement>("[role=dialog], nav, header, main") ?? undefined;
}

export const MENU_ITEM =
  "flex h-8 max-sm:h-11 w-full cursor-pointer items-center gap-2 rounded px-2 text-left text-sm outline-none select-none " +
  "data-disabled:pointer-events-none data-disabled:opacity-55 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-muted";

interface ItemProps {
  children: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect?: () => void;
}

export function MenuItem({ children, danger, disabled, onSelect }: ItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onSelect}
      className={clsx(MENU_ITEM, danger && "text-bad [&_svg]:text-bad")}
    >
      {children}
    </Base.Item>
  );
}

export function MenuLink({
  href,
  current,
  children,
}: {
  href: string;
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <Base.LinkItem
      closeOnClick
      render={<Link href={href} aria-current={current ? "page" : undefined} />}
      className={MENU_ITEM}
    >
      {children}
    </Base.LinkItem>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-border" />;
}

/** Items under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-muted">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
