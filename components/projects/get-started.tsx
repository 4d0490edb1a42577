import { clsx } from "clsx";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { projectsText } from "./text.ts";

const START = projectsText.start;

interface GetStartedProps {
  projectId: string;
  done: { api: boolean; key: boolean; request: boolean };
  mayChange: boolean;
}

/** The steps from an empty project to its first request; hidden once all are done. */
export function GetStarted({ projectId, done, mayChange }: GetStartedProps) {
  const base = `/projects/${projectId}`;
  const next = !done.api ? "api" : !done.key ? "key" : "request";
  return (
    <Section title={START.title}>
      <Card flush>
        <ol className="divide-y divide-border">
          <Step
            number={1}
            done={done.api}
            title={START.api.title}
            action={
              mayChange ? (
                <StepLink href={`${base}/apis`} primary={next === "api"}>
                  {START.api.action}
                </StepLink>
              ) : null
            }
          >
            {START.api.body}
          </Step>
          <Step
            number={2}
            done={done.key}
            title={START.key.title}
            action={
              mayChange ? (
                <StepLink href={`${base}/keys?new=1`} primary={next === "key"}>
                  {START.key.action}
                </StepLink>
              ) : null
            }
          >
            {START.key.body}
          </Step>
          <Step
            number={3}
            done={done.request}
            title={START.request.title}
            action={
              <StepLink href="/apis" primary={next === "request"}>
                {START.request.action}
              </StepLink>
            }
          >
            {START.request.body}
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
        className={clsx(
          "grid size-6 shrink-0 place-content-center rounded-full text-xs font-semibold",
          done ? "bg-good-soft text-good" : "border border-edge text-muted",
        )}
      >
        {done ? <Check aria-label={START.done} className="size-3.5" /> : number}
      </span>
      <div className="min-w-0 flex-1 basis-64">
        <h3 className={clsx("font-medium", done && "text-muted")}>{title}</h3>
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
