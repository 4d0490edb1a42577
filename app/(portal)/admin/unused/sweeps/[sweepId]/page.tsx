import type { Metadata } from "next";
import { cache } from "react";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { StatusDot } from "#components/ui/badge.tsx";
import { Alert, Card, Fact, Facts, Section } from "#components/ui/card.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { DateTime, RelativeTime } from "#components/ui/time.tsx";
import { SweepProgress } from "#components/unused/sweep-progress.tsx";
import { SWEEP_STATES } from "#components/unused/sweep-state.ts";
import { sweepText as text } from "#components/unused/sweep-text.ts";
import { SweptTable } from "#components/unused/swept-table.tsx";
import { unusedText } from "#components/unused/text.ts";
import { UNUSED_BASE } from "#components/unused/unused-state.ts";
import { getSweep, listSweptKeys } from "#domain/keys/lifecycle/sweeps/read.ts";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { startSweep, undoSweep } from "../../../actions.ts";

interface SweepPageProps {
  params: Promise<{ sweepId: string }>;
  searchParams: PageSearch;
}

const sweepOf = cache((sweepId: string) => readForPage(getSweep, { sweepId }));

const titleOf = ({ state }: Sweep) => (state === "preview" ? text.previewTitle : text.title);

export async function generateMetadata({ params }: SweepPageProps): Promise<Metadata> {
  return { title: titleOf(await sweepOf((await params).sweepId)) };
}

/** A bulk revocation: its preview, progress and result per key, and the undo. */
export default async function SweepPage({ params, searchParams }: SweepPageProps) {
  const { sweepId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [sweep, keys, leftOut, failed, { now }] = await Promise.all([
    sweepOf(sweepId),
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
          { label: uiText.admin, href: "/admin" },
          { label: unusedText.title, href: UNUSED_BASE },
        ]}
        title={titleOf(sweep)}
        badges={<StatusDot tone={SWEEP_STATES[sweep.state].tone}>{SWEEP_STATES[sweep.state].word}</StatusDot>}
        actions={<NextStep sweep={sweep} nowMs={now()} />}
      />
      {isOpen ? (
        <Card>
          <SweepProgress key={sweep.state} initial={sweep} />
        </Card>
      ) : null}
      <SweepFacts sweep={sweep} />
      {missed.length > 0 ? (
        <Section
          title={text.skipped.title}
          description={text.skipped.description(sweep.keys.used, sweep.keys.failed)}
        >
          <SweptTable label={text.skipped.label} keys={missed} />
        </Section>
      ) : null}
      <Section title={text.keys.title}>
        <SweptTable
          label={text.keys.label}
          keys={keys.items}
          pagination={{ noun: unusedText.noun, base, cursor, nextCursor: keys.nextCursor }}
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
      {state === "preview" ? <Alert>{text.notice}</Alert> : null}
      <Card>
        <Facts>
          <Fact label={state === "preview" ? text.willBeRevoked : text.revoked}>
            <FormattedNumber
              value={state === "preview" ? keys.waiting : keys.revoked + keys.restored}
              unit="key"
            />
          </Fact>
          <Fact label={text.projects}>
            <FormattedNumber value={projects} />
          </Fact>
          <Fact label={text.unusedFor}>{text.days(sweep.unusedForDays)}</Fact>
          <Fact label={text.reason}>{reason}</Fact>
          <Fact label={text.previewedBy}>
            {createdBy.name}, <RelativeTime at={createdAt} />
          </Fact>
          {startedBy && startedAt ? (
            <Fact label={text.confirmedBy}>
              {startedBy.name}, <RelativeTime at={startedAt} />
            </Fact>
          ) : null}
          {undoneBy ? (
            <Fact label={text.undoneBy}>
              {undoneBy.name}
              {state === "undone" && endedAt ? (
                <>
                  , <RelativeTime at={endedAt} />
                </>
              ) : null}
            </Fact>
          ) : null}
          {undoableUntil ? (
            <Fact label={text.undoableUntil}>
              <DateTime at={undoableUntil} />
            </Fact>
          ) : null}
        </Facts>
      </Card>
    </>
  );
}

function NextStep({ sweep, nowMs }: { sweep: Sweep; nowMs: number }) {
  const { id: sweepId, state, keys, undoableUntil } = sweep;
  if (state === "preview" && keys.waiting > 0) {
    return (
      <ConfirmButton
        variant="danger"
        label={text.revoke.label(keys.waiting)}
        title={text.revoke.title(keys.waiting)}
        confirm={text.revoke.confirm(keys.waiting)}
        action={startSweep.bind(null, { sweepId })}
      >
        <p>{text.revoke.effect}</p>
        <p>{text.revoke.undo}</p>
      </ConfirmButton>
    );
  }
  if (state === "done" && keys.revoked > 0 && undoableUntil && Date.parse(undoableUntil) > nowMs) {
    return (
      <ConfirmButton
        label={text.undo.label}
        title={text.undo.title(keys.revoked)}
        confirm={text.undo.confirm(keys.revoked)}
        harmless
        action={undoSweep.bind(null, { sweepId })}
      >
        <p>{text.undo.effect}</p>
        <p>{text.undo.leaked}</p>
      </ConfirmButton>
    );
  }
  return null;
}
