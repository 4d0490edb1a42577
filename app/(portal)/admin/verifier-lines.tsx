import { adminText } from "#components/admin/text.ts";
import { StatusDot } from "#components/ui/badge.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Verifier } from "#domain/admin/schema.ts";
import { lagText, verifierState } from "./verifier-state.ts";

const { verifiers: text } = adminText;

interface VerifierLinesProps {
  verifiers: Verifier[];
  nowMs: number;
}

/** The status, lag and version of each verifier. */
export function VerifierLines({ verifiers: all, nowMs }: VerifierLinesProps) {
  const verifiers = all.filter(({ kind }) => kind === "verifier");
  const local = all.length - verifiers.length;
  return (
    <Section
      title={text.title}
      description={text.facts}
      actions={
        <Link href="/admin/verifiers" className="rounded text-sm font-medium text-accent hover:underline">
          {text.details}
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
          <p className="px-5 py-4 text-muted">{text.noneRunning}</p>
        )}
        {local > 0 ? (
          <p className="border-t border-border px-5 py-3 text-sm text-muted">{text.localServices(local)}</p>
        ) : null}
      </Card>
    </Section>
  );
}

function VerifierLine({ verifier, nowMs }: { verifier: Verifier; nowMs: number }) {
  const state = verifierState(verifier, nowMs);
  const lag = lagText(verifier);
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-border px-5 py-3 last:border-b-0">
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
        <span className="min-w-0 font-medium break-all">{verifier.address}</span>
        <span className="font-mono text-xs text-muted">{verifier.version}</span>
      </span>
      <span className="flex flex-wrap items-baseline gap-x-4">
        <StatusDot tone={state.tone} near={lag === null ? null : text.lagBehind(lag)}>
          {state.word}
        </StatusDot>
        <span className="text-sm text-muted">
          {text.seen}
          <RelativeTime at={verifier.lastSeenAt} />
        </span>
      </span>
    </li>
  );
}
