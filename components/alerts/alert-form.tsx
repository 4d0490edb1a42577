"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { Alert, CreateAlertInput } from "#domain/notifications/alerts/schema.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { alertsText } from "./text.ts";

const { form: text } = alertsText;

type Kind = Alert["rule"]["kind"];
const KINDS = Object.keys(text.kinds) as Kind[];

interface AlertFormProps {
  projectId: string;
  create: (input: CreateAlertInput) => Promise<ActionResult<Alert>>;
  onDone: () => void;
  onClose: () => void;
}

/** Creates an alert. */
export function AlertForm({ projectId, create, onDone, onClose }: AlertFormProps) {
  const [kind, setKind] = useState<Kind>("quota");
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        action={(data) =>
          create({
            projectId,
            rule: ruleIn(kind, data),
            bell: data.get("bell") === "on",
            mail: data.get("mail") === "on",
            webhooks: data.get("webhooks") === "on",
          })
        }
        onDone={onDone}
      >
        <Field name="rule.kind" label={text.kind}>
          <Select
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as Kind)}
            className="w-full"
          >
            {KINDS.map((each) => (
              <option key={each} value={each}>
                {text.kinds[each]}
              </option>
            ))}
          </Select>
        </Field>
        {/* Another kind starts with its own numbers. */}
        <RuleFields key={kind} kind={kind} />
        <FieldGroup name="bell" legend={text.destinations}>
          <Checkbox name="bell" label={text.bell} defaultChecked />
          <Checkbox name="mail" label={text.mail} defaultChecked />
          <Checkbox name="webhooks" label={text.webhooks} hint={text.webhooksHint} defaultChecked />
        </FieldGroup>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.create}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function RuleFields({ kind }: { kind: Kind }) {
  switch (kind) {
    case "quota":
      return <NumberField name="percent" label={text.quotaPercent} hint={text.quotaHint} value={80} />;
    case "denials":
      return (
        <>
          <NumberField name="percent" label={text.denialPercent} hint={text.denialHint} value={20} />
          <NumberField name="minRequests" label={text.minRequests} value={20} />
          <NumberField name="windowMinutes" label={text.windowMinutes} value={15} />
        </>
      );
    case "new-network":
      return <p className="text-sm text-muted">{text.networkHint}</p>;
    case "dormant-key":
      return <NumberField name="days" label={text.days} value={30} />;
  }
}

interface NumberFieldProps {
  name: string;
  label: string;
  hint?: string;
  value: number;
}

function NumberField({ name, label, hint, value }: NumberFieldProps) {
  return (
    <Field name={`rule.${name}`} label={label} hint={hint}>
      <Input inputMode="numeric" autoComplete="off" defaultValue={value} className="max-w-32" />
    </Field>
  );
}

/** The server validates the numbers; an empty or malformed one is none. */
function ruleIn(kind: Kind, data: FormData): CreateAlertInput["rule"] {
  const number = (name: string) => Number(textOf(data, `rule.${name}`) || Number.NaN);
  switch (kind) {
    case "quota":
      return { kind, percent: number("percent") };
    case "denials":
      return {
        kind,
        percent: number("percent"),
        minRequests: number("minRequests"),
        windowMinutes: number("windowMinutes"),
      };
    case "new-network":
      return { kind };
    case "dormant-key":
      return { kind, days: number("days") };
  }
}
