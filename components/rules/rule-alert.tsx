"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { KeyRuleState } from "#domain/keys/lifecycle/rules/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { keyRulesText } from "../forms/key-rules-text.ts";
import { Button } from "../ui/button.tsx";
import { Alert } from "../ui/card.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import { DateTime } from "../ui/time.tsx";
import type { UnusedActions } from "../unused/actions.ts";

const load = () => import("../unused/exempt-form.tsx");
const ExemptForm = lazyInBrowser(() => load().then((module) => module.ExemptForm));

const { alert: text, names } = keyRulesText;

interface RuleAlertProps {
  subject: Pick<Key, "id" | "name" | "status">;
  state: KeyRuleState;
  /** Whether the reader is an administrator. */
  mayExempt: boolean;
  actions: {
    exempt: UnusedActions["exemptKey"];
    end: (input: { keyId: string }) => Promise<ActionResult<{ ended: boolean }>>;
  };
}

/** Says which key rules a key breaks and what follows, or until when it is exempt from them. */
export function RuleAlert({ subject, state, mayExempt, actions }: RuleAlertProps) {
  const [exempting, setExempting] = useState(false);
  const { broken, endsAt, exemption } = state;
  if (subject.status === "revoked") return null;
  if (exemption !== null) {
    return (
      <Alert
        tone="inert"
        actions={
          mayExempt ? (
            <ActionButton size="sm" action={() => actions.end({ keyId: subject.id })}>
              {text.end}
            </ActionButton>
          ) : undefined
        }
      >
        {text.exempt} <DateTime at={exemption.until} />: {text.by(exemption.reason, exemption.by)}
      </Alert>
    );
  }
  if (broken.length === 0) return null;
  return (
    <>
      <Alert
        tone={endsAt === null ? "inert" : "attention"}
        actions={
          mayExempt ? (
            <Button {...preloadOn(load)} size="sm" onClick={() => setExempting(true)}>
              {text.action}
            </Button>
          ) : undefined
        }
      >
        {text.broken} {broken.map((rule) => names[rule]).join(", ")}.{" "}
        {endsAt === null ? null : (
          <>
            {text.ends} <DateTime at={endsAt} />.
          </>
        )}
      </Alert>
      {exempting ? (
        <ExemptForm
          subject={subject}
          description={text.description}
          exempt={actions.exempt}
          onClose={() => setExempting(false)}
        />
      ) : null}
    </>
  );
}
