"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check, LogOut, UserRound } from "lucide-react";
import { useTheme } from "next-themes";
import { type RefObject, useTransition } from "react";
import { MENU_ITEM, MenuGroup, MenuItem, MenuLink, MenuPopup, MenuSeparator } from "../ui/menu.tsx";

interface PersonMenuProps {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  signOut: () => Promise<void>;
}

const THEMES = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function UserMenu({ anchor, open, onOpenChange, signOut }: PersonMenuProps) {
  const [leaving, leave] = useTransition();
  const { theme, setTheme } = useTheme();
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <MenuPopup align="start" side="top" anchor={anchor}>
        <MenuLink href="/account">
          <UserRound aria-hidden />
          Account
        </MenuLink>
        <MenuSeparator />
        <Base.RadioGroup value={theme ?? "system"} onValueChange={setTheme}>
          <MenuGroup label="Theme">
            {THEMES.map((option) => (
              <Base.RadioItem key={option.value} value={option.value} className={MENU_ITEM}>
                <span className="grid size-4 place-content-center">
                  <Base.RadioItemIndicator>
                    <Check aria-hidden />
                  </Base.RadioItemIndicator>
                </span>
                {option.label}
              </Base.RadioItem>
            ))}
          </MenuGroup>
        </Base.RadioGroup>
        <MenuSeparator />
        <MenuItem disabled={leaving} onSelect={() => leave(signOut)}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </MenuPopup>
    </Base.Root>
  );
}
