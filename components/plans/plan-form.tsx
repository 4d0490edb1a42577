"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { PlanTerms, TakesEffect } from "#core/plans/terms.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Plan } from "#domain/plans/schema.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Checkbox, Radio } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select, Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { LimitRows } from "./limit-rows.tsx";
import { draftsOf, limitOf } from "./plan-draft.ts";
import { TermsFields, termsIn } from "./terms-fields.tsx";
import { plansText } from "./text.ts";

const text = plansText.form;

/** What the form sends, for a new plan and for a change. */
interface PlanInput extends PlanTerms {
  api: string;
  slug: string;
  name: string;
  description: string;
  visibility: "public" | "private";
  approval: boolean;
}

interface PlanFormProps {
  api: string;
  /** The plan to edit; undefined for a new one. */
  plan?: Plan;
  create: (input: PlanInput) => Promise<ActionResult<Plan>>;
  update: (
    input: PlanInput & { takesEffect: TakesEffect; replacePlanned: boolean },
  ) => Promise<ActionResult<Plan>>;
}

/** Creates or changes a plan. */
export function PlanForm({ api, plan, create, update }: PlanFormProps) {
  const router = useRouter();
  const plans = `/admin/apis/${api}/plans`;
  // A version that is planned is edited further; the terms in effect would give it up.
  const terms: PlanTerms | undefined = plan?.next?.terms ?? plan;
  const [limits, setLimits] = useState(() => draftsOf(terms?.limits ?? []));
  const send = (data: FormData) => {
    const input = {
      ...inputIn(data),
      api,
      slug: plan?.slug ?? textOf(data, "slug"),
      limits: limits.map(limitOf),
    };
    if (!plan) return create(input);
    return update({
      ...input,
      takesEffect: data.get("takesEffect") === "now" ? "now" : "period-end",
      // Only the version that the form shows.
      replacePlanned: plan.next !== null,
    });
  };
  return (
    <Card>
      <ActionForm action={send} onDone={() => router.push(plans)}>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="name" label={text.name}>
            <Input defaultValue={plan?.name ?? ""} maxLength={100} autoComplete="off" />
          </Field>
          {plan ? null : (
            <Field name="slug" label={text.slug} hint={text.slugHint}>
              <Input mono placeholder="pro" spellCheck={false} autoComplete="off" />
            </Field>
          )}
        </div>
        <Field name="description" label={text.description} optional>
          <Textarea name="description" defaultValue={plan?.description ?? ""} />
        </Field>
        <Field name="visibility" label={text.visibility}>
          <Select defaultValue={plan?.visibility ?? "public"} className="w-full max-w-md">
            <option value="public">{text.public}</option>
            <option value="private">{text.private}</option>
          </Select>
        </Field>
        <Checkbox name="approval" label={text.approval} defaultChecked={plan?.approval ?? false} />
        <LimitRows drafts={limits} onChange={setLimits} />
        <TermsFields terms={terms} hasTrial />
        {plan ? <WhenFields plan={plan} /> : null}
        <FormMessage />
        <FormActions>
          <ButtonLink href={plans}>{uiText.cancel}</ButtonLink>
          <SubmitButton>{plan ? text.save : text.create}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}

function WhenFields({ plan }: { plan: Plan }) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 text-sm font-medium">{text.takesEffect}</legend>
      <Radio
        name="takesEffect"
        value="period-end"
        defaultChecked
        label={plansText.takesEffect["period-end"]}
      />
      <Radio name="takesEffect" value="now" label={plansText.takesEffect.now} />
      {plan.next ? (
        <p className="text-sm text-attention">{plansText.planned(plan.next.version, plan.next.appliesAt)}</p>
      ) : null}
    </fieldset>
  );
}

function inputIn(data: FormData): Omit<PlanInput, "api" | "slug" | "limits"> {
  return {
    name: textOf(data, "name"),
    description: textOf(data, "description"),
    visibility: textOf(data, "visibility") === "private" ? "private" : "public",
    approval: data.get("approval") !== null,
    ...termsIn(data),
  };
}
