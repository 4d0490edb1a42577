import type { Metadata } from "next";
import { StatusDot } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Refresher } from "#components/ui/refresher.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { VerifierRecord } from "#domain/admin/types.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { lagWords, verifierState } from "../verifier-state.ts";

export const metadata: Metadata = { title: "Verifiers" };

/** The processes that answer checks, and how fresh their knowledge is. */
export default async function VerifiersPage() {
  const [{ items }, { now }] = await Promise.all([readForPage(listVerifiers, {}), pageCtx()]);
  return (
    <div className="grid gap-6">
      <Refresher everyMs={3_000} />
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Verifiers"
        facts="The processes that answer checks. A change of a key reaches each of them within a second."
      />
      {items.length > 0 ? (
        <VerifierTable verifiers={items} nowMs={now()} />
      ) : (
        <Card flush>
          <EmptyState title="No verifier runs">
            Checks are answered by the portal alone. Start one with{" "}
            <code className="font-mono text-sm">npm run -s latchkey -- verifier</code>, so that a slow page
            never delays a verdict. It shows up here within seconds.
          </EmptyState>
        </Card>
      )}
    </div>
  );
}

function VerifierTable({ verifiers, nowMs }: { verifiers: VerifierRecord[]; nowMs: number }) {
  return (
    <Card flush>
      <Table aria-label="Verifiers">
        <Thead>
          <tr>
            <Th>Verifier</Th>
            <Th>State</Th>
            <Th>Behind</Th>
            <Th>Version</Th>
            <Th>Last seen</Th>
            <Th>Started</Th>
          </tr>
        </Thead>
        <tbody>
          {verifiers.map((verifier) => {
            const state = verifierState(verifier, nowMs);
            return (
              <Tr key={verifier.id}>
                <Td>
                  <div className="font-medium">{verifier.address}</div>
                  <div className="font-mono text-sm text-muted">{verifier.id}</div>
                </Td>
                <Td>
                  <StatusDot tone={state.tone}>{state.word}</StatusDot>
                </Td>
                <Td className="tabular-nums">{lagWords(verifier)}</Td>
                <Td className="font-mono text-sm">{verifier.version}</Td>
                <Td className="text-muted">
                  <RelativeTime at={verifier.lastSeenAt} />
                </Td>
                <Td className="text-muted">
                  <RelativeTime at={verifier.startedAt} />
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </Card>
  );
}
