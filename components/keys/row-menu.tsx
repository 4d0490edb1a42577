"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Ban, Copy, Power, RotateCcw, SquareArrowOutUpRight } from "lucide-react";
import { type RefObject, useState, useTransition } from "react";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { COPY_WORDS, copyText } from "../ui/copy.tsx";
import { MenuItem, MenuLink, MenuPopup, MenuSeparator } from "../ui/menu.tsx";
import { toast } from "../ui/toaster.tsx";
import type { KeyRowMenuProps } from "./key-row-menu-props.ts";
import { type BackKind, leakedBack } from "./leaked-words.ts";
import { StopKeyDialog } from "./stop-dialog.tsx";

interface RowMenuProps extends KeyRowMenuProps {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RowMenu({ subject, mayChange, actions, anchor, open, onOpenChange }: RowMenuProps) {
  const [stopping, setStopping] = useState<"revoke" | "disable" | null>(null);
  const [asking, setAsking] = useState<BackKind | null>(null);
  const [, start] = useTransition();
  const { id: keyId, projectId, status, name, leaked, blocked } = subject;
  const ref = { projectId, keyId };
  /** Carries a harmless change out at once; what goes wrong is said where it can be seen from anywhere. */
  const run = (change: () => ReturnType<typeof actions.update>) =>
    start(async () => {
      const result = await change();
      if (!result.ok) toast(`${name} was not changed.`, result.message);
    });
  const bringBack = (kind: BackKind) =>
    kind === "restore" ? actions.restore(ref) : actions.update({ ...ref, enabled: true });
  /** With a secret that leaked it is not harmless. */
  const back = (kind: BackKind) => (leaked ? setAsking(kind) : run(() => bringBack(kind)));
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
            <MenuItem disabled={blocked !== null} onSelect={() => back("enable")}>
              <Power aria-hidden />
              Switch on{leaked && !blocked ? "…" : null}
              {blocked ? <BlockedReason>{blocked}</BlockedReason> : null}
            </MenuItem>
          ) : null}
          {mayChange && (status === "active" || status === "expired") ? (
            <MenuItem onSelect={() => setStopping("disable")}>
              <Power aria-hidden />
              Switch off…
            </MenuItem>
          ) : null}
          {mayChange && status === "revoked" ? (
            <MenuItem disabled={blocked !== null} onSelect={() => back("restore")}>
              <RotateCcw aria-hidden />
              Restore{leaked && !blocked ? "…" : null}
              {blocked ? <BlockedReason>{blocked}</BlockedReason> : null}
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
      {asking && leaked ? (
        <ConfirmDialog
          open
          title={leakedBack(asking, leaked).title(name)}
          confirm={leakedBack(asking, leaked).confirm}
          action={() => bringBack(asking)}
          onClose={() => setAsking(null)}
          onDone={() => setAsking(null)}
        >
          <p>{leakedBack(asking, leaked).text}</p>
        </ConfirmDialog>
      ) : null}
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

/** Why an item of the menu is disabled: a menu has no room for a tip. */
function BlockedReason({ children }: { children: string }) {
  return <span className="max-w-56 text-xs whitespace-normal text-muted">{children}</span>;
}
