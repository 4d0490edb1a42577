import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { Card, Section } from "#components/ui/card.tsx";
import type { SiteOverview } from "#domain/admin/types.ts";

/** The way from an empty site to the first check, until it was gone. */
export function FirstSteps({ site }: { site: SiteOverview }) {
  const steps = [
    {
      done: site.apis > 0,
      href: "/admin/apis/new",
      title: "Put an API into the catalogue",
      why: "From its OpenAPI document or by hand: a service whose callers need a key.",
    },
    {
      done: site.serviceTokens > 0,
      href: "/admin/service-tokens?new=1",
      title: "Make a service token",
      why: "With it the service asks Latchkey about the key of each caller.",
    },
    {
      done: site.projects > 0,
      href: "/projects?new=1",
      title: "Make a project",
      why: "Keys belong to projects. It enables the API for all its keys.",
    },
    {
      done: site.keys.active > 0,
      href: "/projects",
      title: "Make a key, and have it checked",
      why: "Its secret is shown once. Each check is counted on the project's page of usage.",
    },
  ];
  if (steps.every((step) => step.done)) return null;
  const next = steps.find((step) => !step.done);
  return (
    <Section
      title="First steps"
      description={`${steps.filter((step) => step.done).length} of ${steps.length} done`}
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
                <CircleCheck aria-label="Done" className="mt-0.5 size-5 shrink-0 text-good" />
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
