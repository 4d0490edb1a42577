import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { cx } from "../ui/cx.ts";

interface NextStepsProps {
  projectId: string;
  done: { api: boolean; key: boolean; check: boolean };
  mayChange: boolean;
}

/** The way from an empty project to the first answered check; gone once it has been walked. */
export function NextSteps({ projectId, done, mayChange }: NextStepsProps) {
  const base = `/projects/${projectId}`;
  const next = !done.api ? "api" : !done.key ? "key" : "check";
  return (
    <Section title="Three steps to the first check">
      <Card flush>
        <ol className="divide-y divide-border">
          <Step
            number={1}
            done={done.api}
            title="Enable an API"
            action={
              mayChange ? (
                <StepLink href={`${base}/apis`} primary={next === "api"}>
                  Choose an API
                </StepLink>
              ) : null
            }
          >
            The services that this project's programs will call. Some let everybody in, some ask an
            administrator.
          </Step>
          <Step
            number={2}
            done={done.key}
            title="Create a key"
            action={
              mayChange ? (
                <StepLink href={`${base}/keys?new=1`} primary={next === "key"}>
                  Create key
                </StepLink>
              ) : null
            }
          >
            One for each program. Its secret is shown once, ready to paste into its settings.
          </Step>
          <Step
            number={3}
            done={done.check}
            title="Make a check"
            action={
              <StepLink href="/apis" primary={next === "check"}>
                See how
              </StepLink>
            }
          >
            Call the API with the key. The service asks Latchkey whether to let the call in, and that check is
            counted here within seconds.
          </Step>
        </ol>
      </Card>
    </Section>
  );
}

interface StepProps {
  number: number;
  done: boolean;
  title: string;
  action: ReactNode;
  children: ReactNode;
}

function Step({ number, done, title, action, children }: StepProps) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 px-5 py-4">
      <span
        className={cx(
          "grid size-6 shrink-0 place-content-center rounded-full text-xs font-semibold",
          done ? "bg-good-soft text-good" : "border border-edge text-muted",
        )}
      >
        {done ? <Check aria-label="Done:" className="size-3.5" /> : number}
      </span>
      <div className="min-w-0 flex-1 basis-64">
        <h3 className={cx("font-medium", done && "text-muted")}>{title}</h3>
        {done ? null : <p className="max-w-prose text-sm text-muted">{children}</p>}
      </div>
      {done ? null : action}
    </li>
  );
}

function StepLink({ href, primary, children }: { href: string; primary: boolean; children: ReactNode }) {
  return (
    <ButtonLink size="sm" href={href} variant={primary ? "primary" : "secondary"}>
      {children}
    </ButtonLink>
  );
}
