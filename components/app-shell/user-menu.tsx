"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check, LogOut, UserRound } from "lucide-react";
import { useTransition } from "react";
import { MENU_ITEM, Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "../ui/menu.tsx";
import { uiText } from "../ui/text.ts";
import { useTheme } from "../ui/theme.tsx";
import type { MenuState } from "../ui/use-menu-button.ts";
import { shellText } from "./text.ts";

interface UserMenuProps extends MenuState {
  signOut: () => Promise<void>;
}

export function UserMenu({ signOut, ...menu }: UserMenuProps) {
  const [leaving, leave] = useTransition();
  const { theme, setTheme } = useTheme();
  return (
    <Menu {...menu} align="start" side="top">
      <MenuLink href="/account">
        <UserRound aria-hidden />
        {shellText.pages.account}
      </MenuLink>
      <MenuSeparator />
      <Base.RadioGroup value={theme} onValueChange={setTheme}>
        <MenuGroup label={uiText.theme}>
          {uiText.themes.map((option) => (
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
        {shellText.signOut}
      </MenuItem>
    </Menu>
  );
}
