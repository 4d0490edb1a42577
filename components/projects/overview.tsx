import type { ProjectApi } from "#domain/catalog/enablement/schema.ts";
import type { KeyCounts } from "#domain/keys/count.ts";
import type { QuotaMeter } from "#domain/keys/limits/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { KeyStatusLine } from "../keys/status.tsx";
import { STATUS_TEXT } from "../keys/status-text.ts";
import { Meter } from "../limits/meter.tsx";
import { type PlanNames, titleOf } from "../limits/text.ts";
import { StatusDot, type Tone } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { projectsText } from "./text.ts";
import { WeekChart } from "./week-chart.tsx";

const LINK = "rounded text-sm font-medium text-accent hover:underline";

/** A titled card with a link to the full page. */
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

interface RequestsPanelProps {
  projectId: string;
  week: { valid: number; denied: number }[];
  nowMs: number;
}

export function RequestsPanel({ projectId, week, nowMs }: RequestsPanelProps) {
  const today = week.at(-1) ?? { valid: 0, denied: 0 };
  const all = week.reduce((sum, day) => sum + day.valid + day.denied, 0);
  const denied = week.reduce((sum, day) => sum + day.denied, 0);
  return (
    <Panel
      title={projectsText.requests.title}
      href={`/projects/${projectId}/usage`}
      more={projectsText.requests.more}
    >
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Stat label={projectsText.requests.today} value={today.valid + today.denied} />
        <Stat label={projectsText.requests.week} value={all} />
        <Stat label={projectsText.requests.denied} value={denied} />
      </dl>
      <WeekChart week={week} nowMs={nowMs} />
    </Panel>
  );
}

function Stat({ label, value }: { label: string; value: number }) {
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
  expiring,
}: {
  projectId: string;
  counts: KeyCounts;
  expiring: Key[];
}) {
  const base = `/projects/${projectId}/keys`;
  const states = (["active", "disabled", "expired", "revoked"] as const).filter((state) => counts[state] > 0);
  return (
    <Panel title={projectsText.keys.title} href={base} more={projectsText.keys.more}>
      {states.length === 0 ? <p className="text-sm text-muted">{projectsText.keys.none}</p> : null}
      <ul className="grid gap-px">
        {states.map((state) => (
          <Row key={state} href={`${base}?status=${state}`} tone={KEY_TONE[state]} count={counts[state]}>
            {STATUS_TEXT[state]}
          </Row>
        ))}
        {counts.unrestrictedLive > 0 ? (
          <Row
            href={`${base}?status=active&environment=live&restricted=none`}
            tone="attention"
            count={counts.unrestrictedLive}
          >
            {projectsText.keys.unrestricted}
          </Row>
        ) : null}
      </ul>
      {expiring.length > 0 ? (
        <div className="border-t border-border pt-3">
          <h3 className="text-xs text-muted">{projectsText.keys.expiring}</h3>
          <ul className="mt-1 grid gap-px">
            {expiring.map((key) => (
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
        className="-mx-2 flex min-h-8 items-center justify-between gap-3 rounded px-2 text-sm hover:bg-hover"
      >
        <StatusDot tone={tone}>{children}</StatusDot>
        <FormattedNumber value={count} />
      </Link>
    </li>
  );
}

interface QuotaPanelProps {
  projectId: string;
  quotas: QuotaMeter[];
  plans: PlanNames;
}

export function QuotaPanel({ projectId, quotas, plans }: QuotaPanelProps) {
  const { ceiling, project } = projectsText.quota;
  return (
    <Panel
      title={projectsText.quota.title}
      href={`/projects/${projectId}/limits`}
      more={projectsText.quota.more}
    >
      {quotas.map((meter) => (
        <Meter
          key={JSON.stringify([meter.scope, meter.policy, meter.period])}
          meter={meter}
          title={
            meter.scope === "plan" ? titleOf(meter, plans) : meter.scope === "ceiling" ? ceiling : project
          }
        />
      ))}
    </Panel>
  );
}

export function ApisPanel({ projectId, apis }: { projectId: string; apis: ProjectApi[] }) {
  const enabled = apis.filter((api) => api.status === "enabled");
  const pending = apis.filter((api) => api.status === "pending");
  return (
    <Panel title={projectsText.apis.title} href={`/projects/${projectId}/apis`} more={projectsText.apis.more}>
      {enabled.length + pending.length === 0 ? (
        <p className="text-sm text-muted">{projectsText.apis.none}</p>
      ) : null}
      <ul className="grid gap-px">
        {[...enabled, ...pending].map((api) => (
          <li key={api.slug} className="flex min-h-8 items-center justify-between gap-3 text-sm">
            <Link href={`/apis/${api.slug}`} className="min-w-0 truncate rounded hover:underline">
              {api.name}
            </Link>
            {api.status === "enabled" ? (
              <StatusDot tone="good">{projectsText.apis.enabled}</StatusDot>
            ) : (
              <StatusDot tone="attention">{projectsText.apis.pending}</StatusDot>
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
    <Panel
      title={projectsText.recent.title}
      href={`${base}?sort=-lastUsedAt`}
      more={projectsText.recent.more}
    >
      {keys.length === 0 ? <p className="text-sm text-muted">{projectsText.recent.none}</p> : null}
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
