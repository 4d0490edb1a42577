import { CircleCheck } from "lucide-react";
import { adminText } from "#components/admin/text.ts";
import { Card, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import type { SiteOverview } from "#domain/admin/overview.ts";

const { setup: text } = adminText;

/** The steps from an empty site to the first verified request. Hidden once all are done. */
export function FirstSteps({ site }: { site: SiteOverview }) {
  const steps = [
    {
      done: site.apis > 0,
      href: "/admin/apis/new",
      ...text.api,
    },
    {
      done: site.serviceTokens > 0,
      href: "/admin/service-tokens?new=1",
      ...text.serviceToken,
    },
    {
      done: site.projects > 0,
      href: "/projects?new=1",
      ...text.project,
    },
    {
      done: site.keys.active > 0,
      href: "/projects",
      ...text.key,
    },
  ];
  if (steps.every((step) => step.done)) return null;
  const next = steps.find((step) => !step.done);
  return (
    <Section
      title={text.title}
      description={text.progress(steps.filter((step) => step.done).length, steps.length)}
    >
      <Card flush>
        <ol>
          {steps.map((step, index) => (
            <li
              key={step.title}
              className="flex gap-3 border-b border-border px-5 py-3 last:border-b-0"
              aria-current={step === next ? "step" : undefined}
            >
              {step.done ? (
                <CircleCheck aria-label={text.done} className="mt-0.5 size-5 shrink-0 text-good" />
              ) : (
                <span
                  aria-hidden
                  className="mt-0.5 grid size-5 shrink-0 place-content-center rounded-full border border-edge text-xs"
                >
                  {index + 1}
                </span>
              )}
              <div>
                {step === next ? (
                  <Link href={step.href} className="rounded font-medium text-accent hover:underline">
                    {step.title}
                  </Link>
                ) : (
                  <span className={step.done ? "text-muted" : "font-medium"}>{step.title}</span>
                )}
                {step.done ? null : <p className="text-sm text-muted">{step.why}</p>}
              </div>
            </li>
          ))}
        </ol>
      </Card>
    </Section>
  );
}
