"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { PlanTerms } from "#core/plans/terms.ts";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import type { Subscription } from "#domain/plans/schema.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { endOfLastDay, lastDayOf } from "./last-day.ts";
import { LimitRows } from "./limit-rows.tsx";
import { type OverriddenTerms, overriddenTerms } from "./override-terms.ts";
import { draftsOf, limitOf } from "./plan-draft.ts";
import { TermsFields, termsIn } from "./terms-fields.tsx";
import { plansText } from "./text.ts";

const text = plansText.override;

interface OverrideInput {
  projectId: string;
  slug: string;
  terms: OverriddenTerms;
  reason: string;
  endsAt: string | null;
}

interface OverrideFormProps {
  subscription: Subscription;
  /** The terms of the plan. */
  planTerms: PlanTerms;
  /** The page to open after saving or canceling. */
  done: string;
  save: (input: OverrideInput) => Promise<ActionResult<Subscription>>;
}

/** Sets the terms of one project that differ from those of its plan. */
export function OverrideForm({ subscription, planTerms, done, save }: OverrideFormProps) {
  const router = useRouter();
  const { projectId, api, override } = subscription;
  const terms = subscription.terms ?? planTerms;
  const [limits, setLimits] = useState(() => draftsOf(terms.limits));
  const send = async (data: FormData): Promise<ActionResult<Subscription>> => {
    const endsAt = endOfLastDay(textOf(data, "endsAt"), override?.endsAt ?? null);
    if (endsAt === "invalid") return failure("endsAt", text.noDate);
    const changed = overriddenTerms(planTerms, { ...termsIn(data), limits: limits.map(limitOf) });
    if (Object.keys(changed).length === 0) return failure("", text.nothing);
    return save({ projectId, slug: api.slug, terms: changed, reason: textOf(data, "reason"), endsAt });
  };
  return (
    <Card>
      <ActionForm action={send} onDone={() => router.push(done)}>
        <Field name="reason" label={text.reason} hint={text.reasonHint} optional>
          <Textarea name="reason" maxLength={500} defaultValue={override?.reason ?? ""} />
        </Field>
        <Field name="endsAt" label={text.endsAt} hint={text.endsAtHint} optional className="max-w-xs">
          <Input type="date" defaultValue={lastDayOf(override?.endsAt ?? null)} />
        </Field>
        <LimitRows drafts={limits} onChange={setLimits} />
        <TermsFields terms={terms} />
        <FormMessage />
        <FormActions>
          <ButtonLink href={done}>{uiText.cancel}</ButtonLink>
          <SubmitButton>{text.save}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}

function failure(path: string, message: string): ActionFailure {
  return { ok: false, code: "invalid", message, errors: path === "" ? [] : [{ path, message }] };
}
