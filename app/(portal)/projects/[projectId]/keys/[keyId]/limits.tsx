import { Meters } from "#components/limits/meters.tsx";
import { Section } from "#components/ui/card.tsx";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import type { Key } from "#domain/keys/types.ts";
import { readForPage } from "#server/page.ts";
import { KeyLimitsForm } from "./limits-form.tsx";

/** What one key may use, with what its project may. */
export async function KeyLimits({ subject, mayChange }: { subject: Key; mayChange: boolean }) {
  const { projectId, id: keyId } = subject;
  const meters = await readForPage(readLimitMeters, { projectId, keyId });
  return (
    <div className="grid max-w-3xl gap-8">
      <Section title="How far they are used">
        <Meters meters={meters} refusalsHref={`/projects/${projectId}/keys/${keyId}?tab=denials&range=24h`} />
      </Section>
      {mayChange ? (
        <Section
          title="This key's limits"
          description="A call that is over any limit, the key's or the project's, is refused and takes nothing."
        >
          <KeyLimitsForm projectId={projectId} keyId={keyId} limits={subject.limits} />
        </Section>
      ) : null}
    </div>
  );
}
