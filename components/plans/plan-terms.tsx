import type { PlanTerms } from "#core/plans/terms.ts";
import { includedText, limitText, plansText, priceText, unitsText } from "./text.ts";

/** The terms of a plan as a list. */
export function PlanTermsList({ terms }: { terms: PlanTerms }) {
  const units = Object.entries(terms.unitsPerOperation);
  return (
    <div className="grid gap-2">
      <p className="font-medium">{priceText(terms.price)}</p>
      <ul className="grid gap-1 text-sm text-muted">
        {terms.trialDays === null ? null : <li>{plansText.trial(terms.trialDays)}</li>}
        <li>{includedText(terms)}</li>
        {terms.limits.map((limit) => (
          <li key={limit.name}>{limitText(limit)}</li>
        ))}
        {units.map(([pattern, amount]) => (
          <li key={pattern}>{unitsText(pattern, amount)}</li>
        ))}
      </ul>
    </div>
  );
}
