"use client";

import { RefreshCw } from "lucide-react";
import type { Rotation } from "#domain/keys/rotation/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import type { SecretActions } from "../keys/actions.ts";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { OngoingPanel } from "../keys/ongoing-panel.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime, useNow } from "../ui/time.tsx";
import { ExtendOverlapButton } from "./extend-overlap-button.tsx";
import { oldSecretUse } from "./overlap.ts";
import { Senders } from "./senders.tsx";
import { rotationText } from "./text.ts";
import { ROTATION_REFRESH_MS, useRotation } from "./use-rotation.ts";

const text = rotationText.overlap;

interface RotationPanelProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  initial: Rotation;
  apis: KeyApi[];
  /** Null for viewers. */
  actions: Pick<SecretActions, "endSecret" | "changeEnd"> | null;
}

/** Compares the old and the new secret during an overlap, and says whether the old one can be ended. */
export function RotationPanel({ subject, initial, apis, actions }: RotationPanelProps) {
  const { data, isFailing } = useRotation(subject, initial);
  if (data === null) {
    return (
      <Card>
        <p role="status">{text.over}</p>
      </Card>
    );
  }
  const { older, current, rotatedAt, senders, operations, longestUntil } = data;
  const ref = { projectId: subject.projectId, keyId: subject.id, secretId: older.id };
  const max = Math.max(...older.minutes, ...current.minutes);
  return (
    <OngoingPanel
      icon={RefreshCw}
      tone="attention"
      title={text.title}
      sinceWord={text.since}
      since={rotatedAt}
      state={
        <>
          <OldSecretStatus rotation={data} />
          <p className="text-sm text-muted">
            {text.stops} <RelativeTime at={older.lapsesAt} />.
          </p>
        </>
      }
      actions={
        actions ? (
          <>
            <ConfirmButton
              label={text.end}
              variant="primary"
              title={text.endTitle(subject.name)}
              confirm={text.endConfirm}
              harmless={older.lastHour === 0}
              action={() => actions.endSecret(ref)}
            >
              <p className="font-medium text-ink">{text.endTraffic(older.lastHour)}</p>
              <p>{text.endBody}</p>
            </ConfirmButton>
            <ExtendOverlapButton
              subject={subject}
              lapsesAt={older.lapsesAt}
              latestEnd={longestUntil}
              changeEnd={(lapsesAt) => actions.changeEnd({ ...ref, lapsesAt })}
            />
          </>
        ) : null
      }
      refresh={{ isFailing, everyMs: ROTATION_REFRESH_MS }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <SecretTraffic title={text.oldSecret} traffic={older} max={max} fill="old" />
        <SecretTraffic title={text.newSecret} traffic={current} max={max} fill="new" />
      </div>
      <Senders senders={senders} operations={operations} apis={apis} />
    </OngoingPanel>
  );
}

function OldSecretStatus({ rotation }: { rotation: Rotation }) {
  const { older } = rotation;
  const last = older.lastUsedAt ? <RelativeTime at={older.lastUsedAt} /> : null;
  const now = useNow();
  switch (oldSecretUse(rotation, now)) {
    case "in-use":
      return (
        <StatusDot className="whitespace-normal!" tone="attention">
          {text.inUse} <FormattedNumber value={older.lastHour} unit="request" /> {text.inLastHour}
        </StatusDot>
      );
    case "too-early":
      return (
        <StatusDot className="whitespace-normal!" tone="inert">
          {text.tooEarly}
        </StatusDot>
      );
    case "hour":
      return (
        <span className="grid">
          <StatusDot className="whitespace-normal!" tone="good">
            {text.lastUsed} {last}: {text.safe}
          </StatusDot>
          <span className="text-sm text-muted">{text.daily}</span>
        </span>
      );
    case "day":
      return (
        <StatusDot className="whitespace-normal!" tone="good">
          {text.lastUsed} {last}: {text.safe}
        </StatusDot>
      );
    case "unused":
      return (
        <StatusDot className="whitespace-normal!" tone="good">
          {text.unused}
        </StatusDot>
      );
  }
}

interface SecretTrafficProps {
  title: string;
  traffic: Rotation["current"];
  max: number;
  fill: "new" | "old";
}

function SecretTraffic({ title, traffic, max, fill }: SecretTrafficProps) {
  return (
    <div className="grid gap-2 rounded border border-border px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h4 className="text-sm font-medium">{title}</h4>
        <code className="font-mono text-xs text-muted">{traffic.hint}</code>
      </div>
      <MinuteBars minutes={traffic.minutes} max={max} fill={fill} />
      <p className="text-sm text-muted">
        <span className="font-semibold text-ink">
          <FormattedNumber value={traffic.lastHour} />
        </span>{" "}
        {text.traffic} <FormattedNumber value={traffic.total} /> {text.sinceRotation}
      </p>
    </div>
  );
}

const BAR = 4;
const GAP = 1;
const HEIGHT = 32;

interface MinuteBarsProps {
  /** Oldest first. */
  minutes: readonly number[];
  /** The highest minute of both secrets. */
  max: number;
  fill: "new" | "old";
}

/** An hour of requests, one bar a minute, on the same scale for both secrets. */
function MinuteBars({ minutes, max, fill }: MinuteBarsProps) {
  const width = minutes.length * (BAR + GAP) - GAP;
  const sum = minutes.reduce((all, count) => all + count, 0);
  const heights = minutes.map((count) =>
    count === 0 ? 0 : Math.max(2, (count / Math.max(1, max)) * HEIGHT),
  );
  const path = heights
    .map((height, at) =>
      height === 0
        ? ""
        : `M${at * (BAR + GAP)} ${(HEIGHT - height).toFixed(1)}h${BAR}v${height.toFixed(1)}h-${BAR}z`,
    )
    .join("");
  return (
    <svg
      role="img"
      aria-label={text.minutes(minutes.length, sum)}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-8 w-full"
    >
      <path d={`M0 ${HEIGHT - 1}h${width}v1h-${width}z`} fill="var(--border)" />
      <path d={path} fill={fill === "new" ? "var(--chart-valid)" : "var(--attention)"} />
    </svg>
  );
}
