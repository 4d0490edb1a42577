"use client";

import type { LeakAction, Policies } from "#domain/access/policies/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { policiesText } from "./policies-text.ts";

type Policy = Policies["leakedKeys"];

interface LeakPolicyProps {
  policy: Policy;
  set: (input: { leakedKeys: Policy }) => Promise<ActionResult<Policies>>;
}

const { leaks: text } = policiesText;

/** What happens to a leaked key, in addition to notifying its owners. */
export function LeakPolicy({ policy, set }: LeakPolicyProps) {
  return (
    <ul className="divide-y divide-border rounded border border-border">
      {text.environments.map(({ name, label }) => {
        const disables = policy[name] === "disable";
        const other: LeakAction = disables ? "tell" : "disable";
        return (
          <li key={name} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span className="grid">
              <span className="font-medium">{label}</span>
              <StatusDot tone={disables ? "attention" : "inert"}>
                {disables ? text.notifyAndDisable : text.notify}
              </StatusDot>
            </span>
            <ActionButton
              about={text.about(disables ? text.toNotify : text.toDisable, label)}
              action={set.bind(null, { leakedKeys: { ...policy, [name]: other } })}
            >
              {disables ? text.toNotify : text.toDisable}
            </ActionButton>
          </li>
        );
      })}
    </ul>
  );
}
