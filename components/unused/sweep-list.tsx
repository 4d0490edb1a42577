import type { Sweep } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { StatusDot } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { SWEEP_STATES } from "./sweep-state.ts";
import { UNUSED_BASE } from "./unused-state.ts";

/** The latest bulk revocations. Each links to its own page. */
export function SweepList({ sweeps }: { sweeps: Sweep[] }) {
  return (
    <Card flush>
      <ul>
        {sweeps.map((sweep) => {
          const { tone, word } = SWEEP_STATES[sweep.state];
          return (
            <li
              key={sweep.id}
              className="relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-border px-5 py-3 transition-colors last:border-b-0 hover:bg-hover"
            >
              <div className="min-w-0">
                <Link href={`${UNUSED_BASE}/sweeps/${sweep.id}`} className="row-link font-medium">
                  <FormattedNumber value={sweep.keys.revoked + sweep.keys.restored} unit="key" />,{" "}
                  {sweep.reason}
                </Link>
                <p className="text-sm text-muted">
                  {(sweep.startedBy ?? sweep.createdBy).name},{" "}
                  <span className="relative">
                    <RelativeTime at={sweep.startedAt ?? sweep.createdAt} />
                  </span>
                </p>
              </div>
              <StatusDot tone={tone}>{word}</StatusDot>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
