"use client";

import { RefreshCw } from "lucide-react";
import type { Rotation } from "#domain/keys/rotation/types.ts";
import type { Key } from "#domain/keys/types.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { formatNumber } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime, useNow } from "../ui/time.tsx";
import { UpdatingStatus } from "../usage/updating-status.tsx";
import type { SecretActions } from "./actions.ts";
import { MinuteBars } from "./minute-bars.tsx";
import { ProlongButton } from "./prolong-button.tsx";
import { quietOf } from "./quiet.ts";
import { Senders } from "./senders.tsx";
import { ROTATION_REFRESH_MS, useRotation } from "./use-rotation.ts";

interface RotationPanelProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  initial: Rotation;
  /** Null for those who may only look. */
  actions: Pick<SecretActions, "endSecret" | "prolong"> | null;
}

/** Two secrets side by side while an old one still works, and whether it can be ended. */
export function RotationPanel({ subject, initial, actions }: RotationPanelProps) {
  const { data, isError } = useRotation(subject, initial);
  if (data === null) {
    return (
      <Card>
        <p role="status">The overlap is over: the old secret is refused. Reload to see what is left.</p>
      </Card>
    );
  }
  const { older, current, rotatedAt, senders, operations, longestUntil } = data;
  const ref = { projectId: subject.projectId, keyId: subject.id, secretId: older.id };
  const most = Math.max(...older.minutes, ...current.minutes);
  return (
    <Card className="grid gap-5 border-attention/40">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid gap-0.5">
          <h3 className="flex items-center gap-2 font-semibold">
            <RefreshCw aria-hidden className="size-4 text-attention" />
            Being rotated
            <span className="font-normal text-muted">
              since <RelativeTime at={rotatedAt} />
            </span>
          </h3>
          <QuietLine rotation={data} />
          <p className="text-sm text-muted">
            The old secret is refused by itself <RelativeTime at={older.lapsesAt} />.
          </p>
        </div>
        {actions ? (
          <div className="flex flex-wrap gap-2">
            <ConfirmButton
              label="End it now…"
              variant="primary"
              title={`End the old secret of ${subject.name}?`}
              confirm="End old secret"
              harmless={older.lastHour === 0}
              action={() => actions.endSecret(ref)}
            >
              <p className="font-medium text-ink">
                {older.lastHour === 0
                  ? "Nothing sent it in the last hour."
                  : `${formatNumber(older.lastHour)} checks in the last hour sent it. They will be refused.`}
              </p>
              <p>It is refused everywhere within a second, and can't come back.</p>
            </ConfirmButton>
            <ProlongButton
              subject={subject}
              lapsesAt={older.lapsesAt}
              longestUntil={longestUntil}
              prolong={(lapsesAt) => actions.prolong({ ...ref, lapsesAt })}
            />
          </div>
        ) : null}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Side title="Old secret" traffic={older} most={most} fill="old" />
        <Side title="New secret" traffic={current} most={most} fill="new" />
      </div>
      <Senders senders={senders} operations={operations} />
      <UpdatingStatus failing={isError} refreshMs={ROTATION_REFRESH_MS} />
    </Card>
  );
}

function QuietLine({ rotation }: { rotation: Rotation }) {
  const { older } = rotation;
  const last = older.lastUsedAt ? <RelativeTime at={older.lastUsedAt} /> : null;
  const now = useNow();
  switch (quietOf(rotation, now)) {
    case "busy":
      return (
        <StatusDot className="whitespace-normal!" tone="attention">
          The old secret is still in use: <FormattedNumber value={older.lastHour} unit="check" /> in the last
          hour
        </StatusDot>
      );
    case "waiting":
      return (
        <StatusDot className="whitespace-normal!" tone="inert">
          The old secret was not used since. Give it an hour to be sure
        </StatusDot>
      );
    case "hour":
      return (
        <span className="grid">
          <StatusDot className="whitespace-normal!" tone="good">
            The old secret was last used {last}: safe to end
          </StatusDot>
          <span className="text-sm text-muted">Unless something runs only once a day.</span>
        </span>
      );
    case "day":
      return (
        <StatusDot className="whitespace-normal!" tone="good">
          The old secret was last used {last}: safe to end
        </StatusDot>
      );
    case "unused":
      return (
        <StatusDot className="whitespace-normal!" tone="good">
          The old secret was not used since the rotation: safe to end
        </StatusDot>
      );
  }
}

interface SideProps {
  title: string;
  traffic: Rotation["current"];
  most: number;
  fill: "new" | "old";
}

function Side({ title, traffic, most, fill }: SideProps) {
  return (
    <div className="grid gap-2 rounded border border-border px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h4 className="text-sm font-medium">{title}</h4>
        <code className="font-mono text-xs text-muted">{traffic.hint}</code>
      </div>
      <MinuteBars minutes={traffic.minutes} most={most} fill={fill} />
      <p className="text-sm text-muted">
        <span className="font-semibold text-ink">
          <FormattedNumber value={traffic.lastHour} />
        </span>{" "}
        in the last hour, <FormattedNumber value={traffic.total} /> since the rotation
      </p>
    </div>
  );
}
