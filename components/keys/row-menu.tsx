"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Ban, Copy, Power, RotateCcw, SquareArrowOutUpRight } from "lucide-react";
import { type RefObject, useState, useTransition } from "react";
import { COPY_WORDS, copyText } from "../ui/copy.tsx";
import { MenuItem, MenuLink, MenuPopup, MenuSeparator } from "../ui/menu.tsx";
import { toast } from "../ui/toaster.tsx";
import type { KeyRowMenuProps } from "./key-row-menu-props.ts";
import { StopKeyDialog } from "./stop-dialog.tsx";

interface RowMenuProps extends KeyRowMenuProps {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RowMenu({ subject, mayChange, actions, anchor, open, onOpenChange }: RowMenuProps) {
  const [stopping, setStopping] = useState<"revoke" | "disable" | null>(null);
  const [, start] = useTransition();
  const { id: keyId, projectId, status, name } = subject;
  const ref = { projectId, keyId };
  /** Carries a harmless change out at once; what goes wrong is said where it can be seen from anywhere. */
  const run = (change: () => ReturnType<typeof actions.update>) =>
    start(async () => {
      const result = await change();
      if (!result.ok) toast(`${name} was not changed.`, result.message);
    });
  const copyId = async () => toast(COPY_WORDS[await copyText(keyId, null)], keyId);
  return (
    <>
      <Base.Root open={open} onOpenChange={onOpenChange}>
        <MenuPopup anchor={anchor}>
          <MenuLink href={`/projects/${projectId}/keys/${keyId}`}>
            <SquareArrowOutUpRight aria-hidden />
            Open
          </MenuLink>
          <MenuItem onSelect={copyId}>
            <Copy aria-hidden />
            Copy id
          </MenuItem>
          {mayChange ? <MenuSeparator /> : null}
          {mayChange && status === "disabled" ? (
            <MenuItem onSelect={() => run(() => actions.update({ ...ref, enabled: true }))}>
              <Power aria-hidden />
              Switch on
            </MenuItem>
          ) : null}
          {mayChange && (status === "active" || status === "expired") ? (
            <MenuItem onSelect={() => setStopping("disable")}>
              <Power aria-hidden />
              Switch off…
            </MenuItem>
          ) : null}
          {mayChange && status === "revoked" ? (
            <MenuItem onSelect={() => run(() => actions.restore(ref))}>
              <RotateCcw aria-hidden />
              Restore
            </MenuItem>
          ) : null}
          {mayChange && status !== "revoked" ? (
            <MenuItem danger onSelect={() => setStopping("revoke")}>
              <Ban aria-hidden />
              Revoke key…
            </MenuItem>
          ) : null}
        </MenuPopup>
      </Base.Root>
      {stopping ? (
        <StopKeyDialog
          open
          kind={stopping}
          subject={subject}
          actions={actions}
          onClose={() => setStopping(null)}
          onDone={() => setStopping(null)}
        />
      ) : null}
    </>
  );
}
