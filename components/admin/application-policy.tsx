"use client";

import { useState } from "react";
import type { Policies } from "#domain/access/policies/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { StatusDot } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { policiesText } from "./policies-text.ts";

const { application: text } = policiesText;

const ConfirmDialog = lazyInBrowser(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog));

interface ApplicationPolicyProps {
  enabled: boolean;
  /** The number of live keys without an application restriction, except revoked ones. */
  without: number;
  set: (input: Partial<Policies>) => Promise<ActionResult<Policies>>;
}

/** Enables or disables the policy, after showing how many keys it concerns. */
export function ApplicationPolicy({ enabled, without, set }: ApplicationPolicyProps) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <StatusDot tone={enabled ? "good" : "inert"}>{enabled ? text.enabled : text.disabled}</StatusDot>
      <Button variant={enabled ? "secondary" : "primary"} onClick={() => setAsking(true)}>
        {enabled ? text.disable : text.enable}
      </Button>
      {asking ? (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={enabled ? text.disableTitle : text.enableTitle}
          confirm={enabled ? text.confirmDisable : text.confirmEnable}
          harmless={!enabled}
          action={() => set({ liveKeysNeedApplicationRestriction: !enabled })}
          onDone={() => setAsking(false)}
        >
          {enabled ? (
            <p>{text.disableEffect}</p>
          ) : (
            <p>
              {text.enableEffect} {text.existing(without)}
            </p>
          )}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
