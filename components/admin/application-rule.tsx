"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Policies } from "#domain/access/policies/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { StatusDot } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/format.ts";

const ConfirmDialog = dynamic(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface ApplicationRuleProps {
  on: boolean;
  /** Live keys that have no application restriction today; the revoked don't count. */
  without: number;
  set: (input: Partial<Policies>) => Promise<ActionResult<Policies>>;
}

/** Switches the rule on or off, after saying whom it touches. */
export function ApplicationRule({ on, without, set }: ApplicationRuleProps) {
  const [asking, setAsking] = useState(false);
  const verb = on ? "Switch off" : "Switch on";
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <StatusDot tone={on ? "good" : "inert"}>{on ? "In force" : "Off"}</StatusDot>
      <Button variant={on ? "secondary" : "primary"} onClick={() => setAsking(true)}>
        {verb}
      </Button>
      {asking ? (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={`${verb} this rule?`}
          confirm={`${verb} the rule`}
          harmless={!on}
          action={() => set({ liveKeysNeedApplicationRestriction: !on })}
          onDone={() => setAsking(false)}
        >
          {on ? (
            <p>New live keys may then work from anywhere.</p>
          ) : (
            <p>
              From now on live keys need a restriction to addresses, websites or apps.{" "}
              {without === 0
                ? "Every live key has one already."
                : `${formatNumber(without)} live ${without === 1 ? "key has" : "keys have"} none, and will be left alone.`}
            </p>
          )}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
