"use client";

import type { LeakAction, Policies } from "#domain/access/policies/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { StatusDot } from "../ui/badge.tsx";

type Rule = Policies["leakedKeys"];

interface LeakRuleProps {
  rule: Rule;
  set: (input: { leakedKeys: Rule }) => Promise<ActionResult<Policies>>;
}

const ENVIRONMENTS = [
  { name: "live", label: "Live keys" },
  { name: "test", label: "Test keys" },
] as const;

/** What happens to a key of which a secret was found, besides telling its owners. */
export function LeakRule({ rule, set }: LeakRuleProps) {
  return (
    <ul className="divide-y divide-border rounded border border-border">
      {ENVIRONMENTS.map(({ name, label }) => {
        const cuts = rule[name] === "disable";
        const other: LeakAction = cuts ? "tell" : "disable";
        return (
          <li key={name} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span className="grid">
              <span className="font-medium">{label}</span>
              <StatusDot tone={cuts ? "attention" : "inert"}>
                {cuts
                  ? "Owners are told, and the key is switched off"
                  : "Owners are told, and the key works on"}
              </StatusDot>
            </span>
            <ActionButton
              about={`${cuts ? "Only tell" : "Switch off"}: ${label.toLowerCase()}`}
              action={set.bind(null, { leakedKeys: { ...rule, [name]: other } })}
            >
              {cuts ? "Only tell" : "Switch off"}
            </ActionButton>
          </li>
        );
      })}
    </ul>
  );
}
