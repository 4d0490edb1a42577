import { clsx } from "clsx";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { ProjectApi } from "#domain/catalog/enablement/schema.ts";
import type { FirstCall } from "#domain/catalog/reference/first-call.ts";
import { AccessStatusDot } from "../apis/access.tsx";
import { type EnableAction, EnableButton, RequestButton } from "../apis/enable-button.tsx";
import { trySnippet } from "../keys/snippets.ts";
import { plansText } from "../plans/text.ts";
import { sampleCode } from "../reference/samples.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Refresher } from "../ui/refresher.tsx";
import { projectApisText, projectsText } from "./text.ts";

const START = projectsText.start;
/** How often a visible page checks whether a step was done elsewhere, such as in a terminal. */
const REFRESH_MS = 3_000;
const SHOWN_APIS = 5;

export interface StartSteps {
  api: boolean;
  key: boolean;
  /** A key was seen to work. */
  tried: boolean;
  request: boolean;
}

interface GetStartedProps {
  projectId: string;
  done: StartSteps;
  mayChange: boolean;
  /** Administrators add the first API themselves. */
  isAdmin: boolean;
  apis: readonly ProjectApi[];
  /** Requests that work once the key is in `$API_KEY`. */
  calls: readonly FirstCall[];
  portalUrl: string;
  enable: EnableAction;
}

/** The steps from an empty project to its first request; hidden once all are done. Polls for progress. */
export function GetStarted({
  projectId,
  done,
  mayChange,
  isAdmin,
  apis,
  calls,
  portalUrl,
  enable,
}: GetStartedProps) {
  const [call] = calls;
  const next = START.steps.find((step) => !done[step]);
  const createKey = (
    <ButtonLink
      size="sm"
      href={`/projects/${projectId}/keys?new=1`}
      variant={next === "key" ? "primary" : "secondary"}
    >
      {START.key.action}
    </ButtonLink>
  );
  return (
    <Section title={START.title} description={START.description}>
      <Refresher everyMs={REFRESH_MS} />
      <Card flush>
        <ol className="divide-y divide-border">
          <Step number={1} done={done.api} title={START.api.title} text={START.api.body}>
            <ApiChoice
              projectId={projectId}
              apis={apis}
              mayChange={mayChange}
              isAdmin={isAdmin}
              enable={enable}
            />
          </Step>
          <Step
            number={2}
            done={done.key}
            title={START.key.title}
            text={START.key.body}
            action={mayChange ? createKey : null}
          />
          <Step number={3} done={done.tried} title={START.tried.title} text={START.tried.body}>
            {done.key ? <CodeBlock title={START.code} code={trySnippet(portalUrl)} /> : null}
          </Step>
          <Step
            number={4}
            done={done.request}
            title={START.request.title}
            text={START.request.body}
            action={
              <ButtonLink size="sm" href={call ? `/apis/${call.api}/reference` : "/apis"}>
                {START.request.action}
              </ButtonLink>
            }
          >
            {done.key && call ? <CodeBlock title={call.name} code={sampleCode(call.sample, "curl")} /> : null}
          </Step>
        </ol>
      </Card>
    </Section>
  );
}

type ApiChoiceProps = Pick<GetStartedProps, "projectId" | "apis" | "mayChange" | "isAdmin" | "enable">;

/** The first APIs, each with the button that leads to it. */
function ApiChoice({ projectId, apis, mayChange, isAdmin, enable }: ApiChoiceProps) {
  if (!mayChange) return null;
  const base = `/projects/${projectId}/apis`;
  return (
    <div className="grid gap-2">
      <ul className="grid gap-2">
        {apis.slice(0, SHOWN_APIS).map((api) => (
          <li key={api.slug} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="min-w-0">{api.name}</span>
            {api.status === "pending" ? (
              <AccessStatusDot status="pending" />
            ) : api.hasPlans ? (
              <ButtonLink
                size="sm"
                href={`${base}/${api.slug}/plan`}
                aria-label={plansText.row.chooseLabel(api.name)}
              >
                {plansText.row.choose}
              </ButtonLink>
            ) : api.access === "approval" ? (
              <RequestButton
                projectId={projectId}
                api={api}
                again={api.status === "declined"}
                enable={enable}
              />
            ) : (
              <EnableButton projectId={projectId} api={api} variant="primary" enable={enable} />
            )}
          </li>
        ))}
      </ul>
      {apis.length > 0 ? null : isAdmin ? (
        <div>
          <ButtonLink size="sm" href="/admin/apis/new" variant="primary">
            {projectApisText.empty.add}
          </ButtonLink>
        </div>
      ) : (
        <p className="text-sm text-muted">{START.api.none}</p>
      )}
      {apis.length > SHOWN_APIS ? (
        <div>
          <ButtonLink size="sm" href={base}>
            {START.api.all}
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}

interface StepProps {
  number: number;
  done: boolean;
  title: string;
  text: string;
  action?: ReactNode;
  /** What the step needs; shown until it is done. */
  children?: ReactNode;
}

function Step({ number, done, title, text, action, children }: StepProps) {
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
      <div className="grid min-w-0 flex-1 basis-64 gap-3">
        <div>
          <h3 className={clsx("font-medium", done && "text-muted")}>{title}</h3>
          {done ? null : <p className="max-w-prose text-sm text-muted">{text}</p>}
        </div>
        {done ? null : children}
      </div>
      {/* On a phone it is below the text, in line with it. */}
      {done || !action ? null : <div className="max-sm:ml-10">{action}</div>}
    </li>
  );
}
