import Link from "next/link";
import { StatusDot } from "#components/ui/badge.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { VerifierRecord } from "#domain/admin/types.ts";
import { lagWords, verifierState } from "./verifier-state.ts";

interface VerifierLinesProps {
  verifiers: VerifierRecord[];
  nowMs: number;
}

/** Whether each verifier is alive, how far behind it is, and which version it is of. */
export function VerifierLines({ verifiers, nowMs }: VerifierLinesProps) {
  return (
    <Section
      title="Verifiers"
      description="Who answers checks, and whether each knows of every change."
      actions={
        <Link href="/admin/verifiers" className="rounded text-sm font-medium text-accent hover:underline">
          All facts
        </Link>
      }
    >
      <Card flush>
        {verifiers.length > 0 ? (
          <ul>
            {verifiers.map((verifier) => (
              <VerifierLine key={verifier.id} verifier={verifier} nowMs={nowMs} />
            ))}
          </ul>
        ) : (
          <p className="px-5 py-4 text-muted">No verifier runs. The portal answers checks alone.</p>
        )}
      </Card>
    </Section>
  );
}

function VerifierLine({ verifier, nowMs }: { verifier: VerifierRecord; nowMs: number }) {
  const state = verifierState(verifier, nowMs);
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-border px-5 py-3 last:border-b-0">
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
        <span className="min-w-0 font-medium break-all">{verifier.address}</span>
        <span className="font-mono text-xs text-muted">{verifier.version}</span>
      </span>
      <span className="flex flex-wrap items-baseline gap-x-4">
        <StatusDot tone={state.tone} near={`${lagWords(verifier)} behind`}>
          {state.word}
        </StatusDot>
        <span className="text-sm text-muted">
          seen <RelativeTime at={verifier.lastSeenAt} />
        </span>
      </span>
    </li>
  );
}
