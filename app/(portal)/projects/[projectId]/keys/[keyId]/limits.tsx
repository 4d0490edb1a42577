import { Meters } from "#components/limits/meters.tsx";
import { limitsText as text } from "#components/limits/text.ts";
import { Section } from "#components/ui/card.tsx";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import type { Key } from "#domain/keys/schema.ts";
import { readForPage } from "#server/page.ts";
import { planNames } from "../../project.ts";
import { KeyLimitsForm } from "./limits-form.tsx";

export async function KeyLimits({ subject, mayChange }: { subject: Key; mayChange: boolean }) {
  const { projectId, id: keyId } = subject;
  const [meters, plans] = await Promise.all([
    readForPage(readLimitMeters, { projectId, keyId }),
    planNames(projectId),
  ]);
  return (
    <div className="grid max-w-3xl gap-8">
      <Section title={text.usage}>
        <Meters
          meters={meters}
          denialsHref={`/projects/${projectId}/keys/${keyId}?tab=denials&range=24h`}
          plans={plans}
        />
      </Section>
      {mayChange ? (
        <Section {...text.ofKey}>
          <KeyLimitsForm projectId={projectId} keyId={keyId} limits={subject.limits} />
        </Section>
      ) : null}
    </div>
  );
}
