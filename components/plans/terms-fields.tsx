import type { PlanTerms } from "#core/plans/terms.ts";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input, Select, Textarea } from "../ui/input.tsx";
import { linesToUnits, unitsToLines } from "./plan-draft.ts";
import { plansText } from "./text.ts";

const text = plansText.form;

interface TermsFieldsProps {
  terms: PlanTerms | undefined;
  /** Whether the length of a trial is one of the terms. */
  hasTrial?: boolean;
}

/** The terms of a plan except its limits. */
export function TermsFields({ terms, hasTrial = false }: TermsFieldsProps) {
  return (
    <>
      <Field name="unitsPerOperation" label={text.units} hint={text.unitsHint} optional>
        <Textarea
          name="unitsPerOperation"
          mono
          defaultValue={unitsToLines(terms?.unitsPerOperation ?? {})}
          spellCheck={false}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-3">
        <Field name="includedUnits" label={text.includedUnits} hint={text.includedHint} optional>
          <Input type="number" min={0} defaultValue={terms?.includedUnits ?? ""} />
        </Field>
        <Field name="overage" label={text.overage}>
          <Select defaultValue={terms?.overage ?? "block"} className="w-full">
            <option value="block">{text.block}</option>
            <option value="allow">{text.allow}</option>
          </Select>
        </Field>
        {hasTrial ? (
          <Field name="trialDays" label={text.trialDays} hint={text.trialHint} optional>
            <Input type="number" min={1} max={365} defaultValue={terms?.trialDays ?? ""} />
          </Field>
        ) : null}
        <Field name="price.currency" label={text.currency} hint={text.currencyHint} optional>
          <Input mono maxLength={3} defaultValue={terms?.price?.currency ?? ""} autoComplete="off" />
        </Field>
        <Field name="price.monthly" label={text.monthly} optional>
          <Input inputMode="decimal" defaultValue={terms?.price?.monthly ?? ""} autoComplete="off" />
        </Field>
        <Field name="price.perThousand" label={text.perThousand} optional>
          <Input inputMode="decimal" defaultValue={terms?.price?.perThousand ?? ""} autoComplete="off" />
        </Field>
      </div>
    </>
  );
}

/** What was entered. */
export function termsIn(data: FormData): Omit<PlanTerms, "limits"> {
  const number = (name: string) => (textOf(data, name) === "" ? null : Number(textOf(data, name)));
  const currency = textOf(data, "price.currency");
  const monthly = textOf(data, "price.monthly");
  const perThousand = textOf(data, "price.perThousand");
  const hasPrice = `${currency}${monthly}${perThousand}` !== "";
  return {
    unitsPerOperation: linesToUnits(textOf(data, "unitsPerOperation")),
    includedUnits: number("includedUnits"),
    overage: textOf(data, "overage") === "allow" ? "allow" : "block",
    trialDays: number("trialDays"),
    price: hasPrice
      ? { currency: currency.toUpperCase(), monthly: monthly || "0", perThousand: perThousand || "0" }
      : null,
  };
}
