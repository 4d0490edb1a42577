"use client";

import { Ban, Copy, Power, RefreshCw, RotateCcw, ShieldCheck, SquareArrowOutUpRight } from "lucide-react";
import { useState, useTransition } from "react";
import { callAction } from "../ui/attempt.tsx";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { copyText } from "../ui/copy.tsx";
import { copyMessages } from "../ui/copy-text.ts";
import { FailureText } from "../ui/failure-text.tsx";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "../ui/menu.tsx";
import { toast } from "../ui/toast.ts";
import type { MenuState } from "../ui/use-menu-button.ts";
import type { KeyRowMenuProps } from "./actions.ts";
import { DeactivateKeyDialog } from "./deactivate-dialog.tsx";
import { keysText, type ReactivateKind, reactivateLeakedText } from "./text.ts";

const text = keysText.menu;

interface RowMenuProps extends Omit<KeyRowMenuProps, "label">, MenuState {}

export function RowMenu({ subject, mayChange, actions, ...menu }: RowMenuProps) {
  const [stopping, setStopping] = useState<"revoke" | "disable" | null>(null);
  const [confirming, setConfirming] = useState<ReactivateKind | null>(null);
  const [, start] = useTransition();
  const { id: keyId, projectId, status, name, leaked, blocked } = subject;
  const ref = { projectId, keyId };
  /** Applies a harmless change without confirmation; a failure is shown as a toast. */
  const run = (change: () => ReturnType<typeof actions.update>) =>
    start(async () => {
      const result = await callAction(change);
      if (!result.ok) toast(text.unchanged(name), <FailureText {...result} />);
    });
  const reactivate = (kind: ReactivateKind) =>
    kind === "restore" ? actions.restore(ref) : actions.update({ ...ref, enabled: true });
  /** Asks first when a secret leaked. */
  const confirmOrReactivate = (kind: ReactivateKind) =>
    leaked ? setConfirming(kind) : run(() => reactivate(kind));
  const copyId = async () => toast(copyMessages.outcome[await copyText(keyId, null)], keyId);
  return (
    <>
      <Menu {...menu}>
        <MenuLink href={`/projects/${projectId}/keys/${keyId}`}>
          <SquareArrowOutUpRight aria-hidden />
          {text.open}
        </MenuLink>
        <MenuItem onSelect={copyId}>
          <Copy aria-hidden />
          {text.copyId}
        </MenuItem>
        {mayChange ? <MenuSeparator /> : null}
        {mayChange && status !== "revoked" ? (
          <>
            <MenuLink href={`/projects/${projectId}/keys/${keyId}?tab=secrets&do=rotate`}>
              <RefreshCw aria-hidden />
              {text.rotate}
            </MenuLink>
            <MenuLink href={`/projects/${projectId}/keys/${keyId}?tab=restrictions`}>
              <ShieldCheck aria-hidden />
              {text.restrict}
            </MenuLink>
          </>
        ) : null}
        {mayChange && status === "disabled" ? (
          <MenuItem disabled={blocked !== null} onSelect={() => confirmOrReactivate("enable")}>
            <Power aria-hidden />
            {text.enable}
            {leaked && !blocked ? "…" : null}
            {blocked ? <BlockedReason>{blocked}</BlockedReason> : null}
          </MenuItem>
        ) : null}
        {mayChange && (status === "active" || status === "expired") ? (
          <MenuItem onSelect={() => setStopping("disable")}>
            <Power aria-hidden />
            {text.disable}
          </MenuItem>
        ) : null}
        {mayChange && status === "revoked" ? (
          <MenuItem disabled={blocked !== null} onSelect={() => confirmOrReactivate("restore")}>
            <RotateCcw aria-hidden />
            {text.restore}
            {leaked && !blocked ? "…" : null}
            {blocked ? <BlockedReason>{blocked}</BlockedReason> : null}
          </MenuItem>
        ) : null}
        {mayChange && status !== "revoked" ? (
          <MenuItem danger onSelect={() => setStopping("revoke")}>
            <Ban aria-hidden />
            {text.revoke}
          </MenuItem>
        ) : null}
      </Menu>
      {confirming && leaked ? (
        <ConfirmDialog
          open
          title={reactivateLeakedText(confirming, leaked).title(name)}
          confirm={reactivateLeakedText(confirming, leaked).confirm}
          action={() => reactivate(confirming)}
          onClose={() => setConfirming(null)}
          onDone={() => setConfirming(null)}
        >
          <p>{reactivateLeakedText(confirming, leaked).body}</p>
        </ConfirmDialog>
      ) : null}
      {stopping ? (
        <DeactivateKeyDialog
          open
          kind={stopping}
          subject={subject}
          actions={actions}
          canUndo={leaked === null}
          onClose={() => setStopping(null)}
          onDone={() => setStopping(null)}
        />
      ) : null}
    </>
  );
}

/** Why a menu item is disabled. */
function BlockedReason({ children }: { children: string }) {
  return <span className="max-w-56 text-xs whitespace-normal text-muted">{children}</span>;
}
