"use client";

import { useState } from "react";
import type { Limits } from "#core/limits/types.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { limitsText, windowOf } from "./text.ts";

interface LimitsFormProps {
  limits: Limits;
  /** The path prefix of the server's errors: `limits` or `ceiling`. */
  name: string;
  save: (limits: Limits) => Promise<ActionResult<unknown>>;
}

/** Sets rate limit and quota together; an empty number means no limit. */
export function LimitsForm({ limits: { rate, quota }, name, save }: LimitsFormProps) {
  const [saved, setSaved] = useState(false);
  const window = rate ? windowOf(rate.windowSeconds) : { count: 1, seconds: 60 };
  return (
    <Card>
      <ActionForm action={(data) => save(limitsIn(data, name))} onDone={() => setSaved(true)}>
        <div onInput={() => setSaved(false)} className="grid gap-5">
          <div className="flex flex-wrap items-start gap-3">
            <Field name={`${name}.rate.limit`} label={limitsText.rate} hint={limitsText.rateHint}>
              <Input
                type="number"
                min={1}
                max={1_000_000}
                defaultValue={rate?.limit ?? ""}
                className="w-40"
              />
            </Field>
            <Field name={`${name}.rate.windowSeconds`} label={limitsText.per}>
              <Input type="number" min={1} max={86_400} defaultValue={window.count} className="w-24" />
            </Field>
            <Field name={`${name}.rate.unit`} label={limitsText.timeUnit}>
              <Select defaultValue={String(window.seconds)} className="w-32">
                {Object.entries(limitsText.timeUnits).map(([seconds, unit]) => (
                  <option key={seconds} value={seconds}>
                    {unit}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <div className="flex flex-wrap items-start gap-3">
            <Field name={`${name}.quota.limit`} label={limitsText.quota} hint={limitsText.quotaHint}>
              <Input type="number" min={1} max={1e12} defaultValue={quota?.limit ?? ""} className="w-40" />
            </Field>
            <Field name={`${name}.quota.period`} label={limitsText.period}>
              <Select defaultValue={quota?.period ?? "month"} className="w-40">
                <option value="day">{limitsText.periods.day}</option>
                <option value="month">{limitsText.periods.month}</option>
              </Select>
            </Field>
          </div>
          <FormMessage />
        </div>
        <div className="flex items-center gap-3">
          <SubmitButton variant="secondary">{limitsText.save}</SubmitButton>
          <p role="status" className="text-sm text-muted">
            {saved ? limitsText.saved : null}
          </p>
        </div>
      </ActionForm>
    </Card>
  );
}

/** The typed limits as the server validates them: an invalid number is sent as it is. */
function limitsIn(data: FormData, name: string): Limits {
  const text = (field: string) => textOf(data, `${name}.${field}`).trim();
  const unit = Number(text("rate.unit"));
  return {
    rate:
      text("rate.limit") === ""
        ? null
        : { limit: Number(text("rate.limit")), windowSeconds: Number(text("rate.windowSeconds")) * unit },
    quota:
      text("quota.limit") === ""
        ? null
        : {
            limit: Number(text("quota.limit")),
            period: text("quota.period") === "day" ? "day" : "month",
          },
  };
}
