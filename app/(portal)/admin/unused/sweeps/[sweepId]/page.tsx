import type { Metadata } from "next";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { StatusDot } from "#components/ui/badge.tsx";
import { Card, Fact, Facts, Notice, Section } from "#components/ui/card.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { DateTime, RelativeTime } from "#components/ui/time.tsx";
import { nextPageHref } from "#components/ui/url-state.ts";
import { SweepProgress } from "#components/unused/sweep-progress.tsx";
import { SWEEP_STATES } from "#components/unused/sweep-words.ts";
import { SweptTable } from "#components/unused/swept-table.tsx";
import { UNUSED_BASE } from "#components/unused/unused-state.ts";
import { getSweep, listSweptKeys } from "#domain/keys/lifecycle/sweeps/read.ts";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/types.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { startSweep, undoSweep } from "../../actions.ts";

export const metadata: Metadata = { title: "Bulk revocation" };

interface SweepPageProps {
  params: Promise<{ sweepId: string }>;
  searchParams: PageSearch;
}

/** A bulk revocation: its preview, progress and result per key, and the undo. */
export default async function SweepPage({ params, searchParams }: SweepPageProps) {
  const { sweepId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [sweep, keys, leftOut, failed, { now }] = await Promise.all([
    readForPage(getSweep, { sweepId }),
    readForPage(listSweptKeys, { sweepId, cursor, limit: 50 }),
    readForPage(listSweptKeys, { sweepId, limit: 200, state: "used" as const }),
    readForPage(listSweptKeys, { sweepId, limit: 200, state: "failed" as const }),
    pageCtx(),
  ]);
  const base = `${UNUSED_BASE}/sweeps/${sweepId}`;
  const isOpen = sweep.state === "running" || sweep.state === "undoing";
  const missed = [...leftOut.items, ...failed.items];
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[
          { label: "Admin", href: "/admin" },
          { label: "Unused keys", href: UNUSED_BASE },
        ]}
        title={sweep.state === "preview" ? "Preview of the revocation" : "Bulk revocation"}
        badges={<StatusDot tone={SWEEP_STATES[sweep.state].tone}>{SWEEP_STATES[sweep.state].word}</StatusDot>}
        actions={<WhatNext sweep={sweep} nowMs={now()} />}
      />
      {isOpen ? (
        <Card>
          <SweepProgress key={sweep.state} initial={sweep} />
        </Card>
      ) : null}
      <SweepFacts sweep={sweep} />
      {missed.length > 0 ? (
        <Section
          title="Skipped"
          description={`${formatNumber(sweep.keys.used)} used since the preview, ${formatNumber(sweep.keys.failed)} failed for another reason.`}
        >
          <Card flush>
            <SweptTable keys={missed} label="Skipped keys" />
          </Card>
        </Section>
      ) : null}
      <Section title="Keys">
        <Card flush>
          <SweptTable keys={keys.items} label="Keys of this revocation" />
        </Card>
        <Pagination
          noun="keys"
          shown={null}
          firstHref={cursor === undefined ? null : base}
          nextHref={nextPageHref(base, keys.nextCursor)}
        />
      </Section>
    </div>
  );
}

function SweepFacts({ sweep }: { sweep: Sweep }) {
  const { keys, projects, reason, createdBy, createdAt, state, undoableUntil } = sweep;
  const { startedBy, startedAt, undoneBy, endedAt } = sweep;
  return (
    <>
      {state === "preview" ? (
        <Notice>Nothing is revoked yet. A key that is used before you confirm is skipped and listed.</Notice>
      ) : null}
      <Card>
        <Facts>
          <Fact label={state === "preview" ? "Will be revoked" : "Revoked"}>
            <FormattedNumber
              value={state === "preview" ? keys.waiting : keys.revoked + keys.restored}
              unit="key"
            />
          </Fact>
          <Fact label="Projects whose owners are notified">
            <FormattedNumber value={projects} />
          </Fact>
          <Fact label="Unused for">{sweep.unusedForDays} days</Fact>
          <Fact label="Reason">{reason}</Fact>
          <Fact label="Previewed by">
            {createdBy.name}, <RelativeTime at={createdAt} />
          </Fact>
          {startedBy && startedAt ? (
            <Fact label="Confirmed by">
              {startedBy.name}, <RelativeTime at={startedAt} />
            </Fact>
          ) : null}
          {undoneBy ? (
            <Fact label="Undone by">
              {undoneBy.name}
              {state === "undone" && endedAt ? (
                <>
                  , <RelativeTime at={endedAt} />
                </>
              ) : null}
            </Fact>
          ) : null}
          {undoableUntil ? (
            <Fact label="Can be undone until">
              <DateTime at={undoableUntil} />
            </Fact>
          ) : null}
        </Facts>
      </Card>
    </>
  );
}

function WhatNext({ sweep, nowMs }: { sweep: Sweep; nowMs: number }) {
  const { id: sweepId, state, keys, undoableUntil } = sweep;
  if (state === "preview" && keys.waiting > 0) {
    const words = `${formatNumber(keys.waiting)} key${keys.waiting === 1 ? "" : "s"}`;
    return (
      <ConfirmButton
        variant="danger"
        label={`Revoke ${words}…`}
        title={`Revoke ${words}?`}
        confirm={`Revoke ${words}`}
        action={startSweep.bind(null, { sweepId })}
      >
        <p>They are denied within a second, and their owners are notified of the reason.</p>
        <p>You can undo this for 30 days.</p>
      </ConfirmButton>
    );
  }
  if (state === "done" && keys.revoked > 0 && undoableUntil && Date.parse(undoableUntil) > nowMs) {
    const words = `${formatNumber(keys.revoked)} key${keys.revoked === 1 ? "" : "s"}`;
    return (
      <ConfirmButton
        label="Undo…"
        title={`Restore ${words}?`}
        confirm={`Restore ${words}`}
        harmless
        action={undoSweep.bind(null, { sweepId })}
      >
        <p>They work again with their previous secrets. Their owners are notified.</p>
        <p>Leaked keys stay disabled if the policy for leaked keys requires it.</p>
      </ConfirmButton>
    );
  }
  return null;
}
