import Link from "next/link";
import type { LimitMeters } from "#domain/keys/limits/meters.ts";
import { Card } from "../ui/card.tsx";
import { formatNumber } from "../ui/format.ts";
import { Meter } from "./meter.tsx";
import { rateWords, SCOPE_WORDS } from "./words.ts";

interface MetersProps {
  meters: LimitMeters;
  /** The page of refusals that the numbers link to. */
  refusalsHref: string;
}

/** Every limit that calls are held to, how far it is used, and what it refused lately. */
export function Meters({ meters: { rates, quotas, refused }, refusalsHref }: MetersProps) {
  if (rates.length + quotas.length === 0) {
    return (
      <Card>
        <p className="text-muted">
          Nothing is limited. A rate keeps one caller from taking everything; a quota says how much a day or a
          month may hold.
        </p>
      </Card>
    );
  }
  return (
    <Card className="grid gap-6">
      {quotas.map((meter) => (
        <Meter key={`${meter.scope} ${meter.period}`} meter={meter} />
      ))}
      {rates.map((rate) => (
        <div key={rate.scope} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-medium">{SCOPE_WORDS[rate.scope]}</span>
          <span className="text-sm text-muted tabular-nums">{rateWords(rate)}</span>
        </div>
      ))}
      <p className="border-t border-border pt-4 text-sm text-muted">
        Refused in the last 24 hours:{" "}
        <Refused count={refused.rate} what="by a rate" code="RATE_LIMITED" href={refusalsHref} />,{" "}
        <Refused count={refused.quota} what="by a quota" code="QUOTA_EXCEEDED" href={refusalsHref} />.
      </p>
    </Card>
  );
}

function Refused({ count, what, code, href }: { count: number; what: string; code: string; href: string }) {
  const words = `${formatNumber(count)} ${what}`;
  if (count === 0) return <span className="tabular-nums">{words}</span>;
  const separator = href.includes("?") ? "&" : "?";
  return (
    <Link
      href={`${href}${separator}code=${code}`}
      prefetch={false}
      className="rounded text-accent tabular-nums underline"
    >
      {words}
    </Link>
  );
}
