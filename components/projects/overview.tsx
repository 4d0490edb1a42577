import Link from "next/link";
import type { ProjectApi } from "#domain/catalog/enablement/types.ts";
import type { QuotaMeter } from "#domain/keys/limits/meters.ts";
import type { Key, KeyCounts } from "#domain/keys/types.ts";
import { STATUS_WORDS } from "../keys/state.ts";
import { KeyStatusLine } from "../keys/status.tsx";
import { Meter } from "../limits/meter.tsx";
import { StatusDot, type Tone } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { WeekChart } from "./week-chart.tsx";

const LINK = "rounded text-sm font-medium text-accent hover:underline";

/** A titled card with a way to all of it. */
function Panel({
  title,
  href,
  more,
  children,
}: {
  title: string;
  href: string;
  more: string;
  children: React.ReactNode;
}) {
  return (
    <Card className="grid content-start gap-4">
      <div className="flex items-baseline justify-between gap-4">
        <h2 className="text-base font-semibold">{title}</h2>
        <Link href={href} className={LINK}>
          {more}
        </Link>
      </div>
      {children}
    </Card>
  );
}

interface ChecksPanelProps {
  projectId: string;
  week: { valid: number; refused: number }[];
  nowMs: number;
}

export function ChecksPanel({ projectId, week, nowMs }: ChecksPanelProps) {
  const today = week.at(-1) ?? { valid: 0, refused: 0 };
  const all = week.reduce((sum, day) => sum + day.valid + day.refused, 0);
  const refused = week.reduce((sum, day) => sum + day.refused, 0);
  return (
    <Panel title="Checks" href={`/projects/${projectId}/usage`} more="Usage">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Figure label="Today (UTC)" value={today.valid + today.refused} />
        <Figure label="7 days" value={all} />
        <Figure label="Refused in 7 days" value={refused} />
      </dl>
      <WeekChart week={week} nowMs={nowMs} />
    </Panel>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-xl font-semibold">
        <FormattedNumber value={value} />
      </dd>
    </div>
  );
}

const KEY_TONE = { active: "good", disabled: "inert", expired: "bad", revoked: "inert" } as const;

export function KeysPanel({
  projectId,
  counts,
  ending,
}: {
  projectId: string;
  counts: KeyCounts;
  ending: Key[];
}) {
  const base = `/projects/${projectId}/keys`;
  const states = (["active", "disabled", "expired", "revoked"] as const).filter((state) => counts[state] > 0);
  return (
    <Panel title="Keys" href={base} more="All keys">
      {states.length === 0 ? <p className="text-sm text-muted">None yet.</p> : null}
      <ul className="grid gap-px">
        {states.map((state) => (
          <Row key={state} href={`${base}?status=${state}`} tone={KEY_TONE[state]} count={counts[state]}>
            {STATUS_WORDS[state]}
          </Row>
        ))}
        {counts.unrestrictedLive > 0 ? (
          <Row
            href={`${base}?status=active&environment=live&restricted=none`}
            tone="attention"
            count={counts.unrestrictedLive}
          >
            Live and unrestricted
          </Row>
        ) : null}
      </ul>
      {ending.length > 0 ? (
        <div className="border-t border-border pt-3">
          <h3 className="text-xs text-muted">Ending soon</h3>
          <ul className="mt-1 grid gap-px">
            {ending.map((key) => (
              <li key={key.id} className="flex min-h-8 items-center justify-between gap-3 text-sm">
                <Link href={`${base}/${key.id}`} className="min-w-0 truncate rounded hover:underline">
                  {key.name}
                </Link>
                {key.expiresAt ? (
                  <RelativeTime at={key.expiresAt} className="whitespace-nowrap text-attention" />
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Panel>
  );
}

interface RowProps {
  href: string;
  tone: Tone;
  count: number;
  children: React.ReactNode;
}

function Row({ href, tone, count, children }: RowProps) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className="-mx-2 flex min-h-8 items-center justify-between gap-3 rounded px-2 text-sm hover:bg-hover"
      >
        <StatusDot tone={tone}>{children}</StatusDot>
        <FormattedNumber value={count} />
      </Link>
    </li>
  );
}

export function QuotaPanel({ projectId, quotas }: { projectId: string; quotas: QuotaMeter[] }) {
  return (
    <Panel title="Quota" href={`/projects/${projectId}/limits`} more="Limits">
      {quotas.map((meter) => (
        <Meter
          key={meter.scope}
          meter={meter}
          title={meter.scope === "ceiling" ? "Set by an administrator" : "All keys together"}
        />
      ))}
    </Panel>
  );
}

export function ApisPanel({ projectId, apis }: { projectId: string; apis: ProjectApi[] }) {
  const enabled = apis.filter((api) => api.status === "enabled");
  const pending = apis.filter((api) => api.status === "pending");
  return (
    <Panel title="APIs" href={`/projects/${projectId}/apis`} more="All APIs">
      {enabled.length + pending.length === 0 ? <p className="text-sm text-muted">None enabled yet.</p> : null}
      <ul className="grid gap-px">
        {[...enabled, ...pending].map((api) => (
          <li key={api.slug} className="flex min-h-8 items-center justify-between gap-3 text-sm">
            <Link href={`/apis/${api.slug}`} className="min-w-0 truncate rounded hover:underline">
              {api.name}
            </Link>
            {api.status === "enabled" ? (
              <StatusDot tone="good">Enabled</StatusDot>
            ) : (
              <StatusDot tone="attention">Waiting for approval</StatusDot>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function RecentKeysPanel({
  projectId,
  keys,
  nowMs,
}: {
  projectId: string;
  keys: Key[];
  nowMs: number;
}) {
  const base = `/projects/${projectId}/keys`;
  return (
    <Panel title="Last used" href={`${base}?sort=-lastUsedAt`} more="By last use">
      {keys.length === 0 ? <p className="text-sm text-muted">No key was used yet.</p> : null}
      <ul className="grid gap-px">
        {keys.map((key) => (
          <li key={key.id} className="flex min-h-8 items-center justify-between gap-3 text-sm">
            <span className="flex min-w-0 items-baseline gap-3">
              <Link href={`${base}/${key.id}`} className="min-w-0 truncate rounded hover:underline">
                {key.name}
              </Link>
              {key.status === "active" ? null : (
                <KeyStatusLine keyFacts={key} nowMs={nowMs} className="text-sm" />
              )}
            </span>
            {key.lastUsedAt ? (
              <RelativeTime at={key.lastUsedAt} className="whitespace-nowrap text-muted" />
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
