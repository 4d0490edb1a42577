import type { LimitMeters } from "#domain/keys/limits/schema.ts";
import { Card } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { withParams } from "../ui/url-state.ts";
import { Meter } from "./meter.tsx";
import { limitsText, type PlanNames, rateText, titleOf } from "./text.ts";

interface MetersProps {
  meters: LimitMeters;
  /** The list of denied requests that the numbers link to. */
  denialsHref: string;
  plans: PlanNames;
}

/** Every limit that applies, how much of it is used, and how many requests it has denied. */
export function Meters({ meters: { rates, quotas, refused: denied }, denialsHref, plans }: MetersProps) {
  if (rates.length + quotas.length === 0) {
    return (
      <Card>
        <p className="text-muted">{limitsText.none}</p>
      </Card>
    );
  }
  return (
    <Card className="grid gap-6">
      {quotas.map((meter) => (
        <Meter key={keyOf(meter)} meter={meter} title={titleOf(meter, plans)} />
      ))}
      {rates.map((rate) => (
        <div key={keyOf(rate)} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-medium">{titleOf(rate, plans)}</span>
          <span className="text-sm text-muted tabular-nums">{rateText(rate)}</span>
        </div>
      ))}
      <p className="border-t border-border pt-4 text-sm text-muted">
        {limitsText.denied}{" "}
        <DeniedLink
          count={denied.rate}
          text={limitsText.byRate(denied.rate)}
          code="RATE_LIMITED"
          href={denialsHref}
        />
        ,{" "}
        <DeniedLink
          count={denied.quota}
          text={limitsText.byQuota(denied.quota)}
          code="QUOTA_EXCEEDED"
          href={denialsHref}
        />
        .
      </p>
    </Card>
  );
}

function keyOf({ scope, policy, ...limit }: LimitMeters["quotas"][number] | LimitMeters["rates"][number]) {
  const span = "period" in limit ? limit.period : limit.windowSeconds;
  return `${scope} ${policy?.api ?? ""} ${policy?.name ?? ""} ${span}`;
}

function DeniedLink({
  count,
  text,
  code,
  href,
}: {
  count: number;
  text: string;
  code: string;
  href: string;
}) {
  if (count === 0) return <span className="tabular-nums">{text}</span>;
  return (
    <Link href={withParams(href, [["code", code]])} className="rounded text-accent tabular-nums underline">
      {text}
    </Link>
  );
}
