"use client";

import { type FormEvent, useState } from "react";
import type { ReferenceOperation } from "#domain/catalog/reference/operation.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { TryKey } from "#domain/keys/try-it/keys.ts";
import type { TrySession } from "#domain/keys/try-it/schema.ts";
import { callAction } from "../ui/attempt.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Input, Select, Textarea } from "../ui/input.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { useStepUp } from "../ui/step-up.tsx";
import { isPreflighted, isSafe, type PreparedRequest, prepareRequest, type TryDraft } from "./request.ts";
import { sendFromBrowser, sendThroughPortal, type Tried } from "./send.ts";
import { tryText as text } from "./text.ts";
import { useTrySession } from "./use-session.ts";

type Route = keyof typeof text.routes;

export interface TryItProps {
  slug: string;
  operation: Pick<
    ReferenceOperation,
    "name" | "method" | "path" | "parameters" | "body" | "servers" | "sample"
  >;
  keys: TryKey[];
  start: (input: { projectId: string; keyId: string }) => Promise<ActionResult<TrySession>>;
}

/** What was sent, and what came back. */
interface Outcome {
  request: PreparedRequest;
  /** Null if the browser could not read a response. */
  result: Tried | null;
  /** When it was sent, ISO 8601. */
  since: string;
  session: TrySession & { projectId: string };
}

const TryResult = lazyInBrowser(() => import("./try-result.tsx").then((module) => module.TryResult));

/** Sends a request of an operation with a temporary secret, and shows the response and the check that it caused. */
export function TryIt({ slug, operation, keys, start }: TryItProps) {
  const { method, path, parameters, body, servers, sample } = operation;
  const [keyId, setKeyId] = useState(keys[0]?.id ?? "");
  const [server, setServer] = useState(servers[0]?.url ?? "");
  const [values, setValues] = useState(() =>
    parameters.map(({ example, required }) => (required ? (example ?? "") : "")),
  );
  const [headers, setHeaders] = useState("");
  const [bodyText, setBodyText] = useState(body?.content[0]?.example ?? "");
  const [mediaType, setMediaType] = useState(body?.content[0]?.mediaType ?? "");
  const [route, setRoute] = useState<Route>("auto");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { withStepUp, dialog } = useStepUp();
  const sessionFor = useTrySession(start);

  const shown = parameters.filter((each) => each.in !== "cookie");
  const setValue = (index: number, value: string) =>
    setValues(values.map((other, at) => (at === index ? value : other)));

  const send = async (by: Route, event?: FormEvent) => {
    event?.preventDefault();
    if (pending) return;
    setProblem(null);
    const key = keys.find(({ id }) => id === keyId);
    const missing = parameters.find((each, at) => each.required && each.in !== "cookie" && values[at] === "");
    if (!key) return;
    if (missing) return setProblem(text.missing(missing.name));
    setPending(true);
    setOutcome(null);
    try {
      const projectId = key.project.id;
      const started = await withStepUp(() => callAction(() => sessionFor({ id: key.id, projectId })));
      if (!started.ok) return setProblem(started.message);
      const draft: TryDraft = {
        method,
        server,
        path,
        parameters: parameters.map(({ name, in: location }, at) => ({
          name,
          in: location,
          value: values[at] ?? "",
        })),
        headers,
        body: body === null ? null : { mediaType, text: bodyText },
        key: sample.key,
      };
      const request = prepareRequest(draft, started.value.secret, text.badHeader);
      // Counted from a moment before: clocks of browser and verifier may differ a little.
      const since = new Date(Date.now() - 60_000).toISOString();
      const result = await deliver(by, projectId, { slug, operation: operation.name }, request);
      setOutcome({ request, result, since, session: { ...started.value, projectId } });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : text.failed);
    } finally {
      setPending(false);
    }
  };

  if (servers.length === 0) return <p className="text-muted">{text.noServer}</p>;
  return (
    <div className="grid gap-6">
      <Card>
        <form className="grid gap-5" onSubmit={(event) => send(route, event)}>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field name="key" label={text.key} hint={text.keyHint}>
              <Select value={keyId} onChange={(event) => setKeyId(event.currentTarget.value)}>
                {keys.map(({ id, name, project }) => (
                  <option key={id} value={id}>
                    {project.name}: {name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field name="server" label={text.server}>
              <Select value={server} onChange={(event) => setServer(event.currentTarget.value)}>
                {servers.map(({ url, description }) => (
                  <option key={url} value={url}>
                    {description === "" ? url : `${url} (${description})`}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          {shown.length > 0 ? (
            <div className="grid gap-4 sm:grid-cols-2">
              {parameters.map(({ name, in: location, required, schema }, index) =>
                location === "cookie" ? null : (
                  <Field
                    key={`${location} ${name}`}
                    name={`${location}.${name}`}
                    label={<span className="font-mono">{name}</span>}
                    optional={!required}
                    hint={schema.type}
                  >
                    <Input
                      mono
                      value={values[index] ?? ""}
                      onValueChange={(value) => setValue(index, value)}
                      spellCheck={false}
                      autoComplete="off"
                    />
                  </Field>
                ),
              )}
            </div>
          ) : null}
          {body ? (
            <div className="grid gap-2">
              {body.content.length > 1 ? (
                <Select
                  aria-label={text.body}
                  value={mediaType}
                  onChange={(event) => {
                    const chosen = body.content.find((each) => each.mediaType === event.currentTarget.value);
                    setMediaType(chosen?.mediaType ?? "");
                    setBodyText(chosen?.example ?? "");
                  }}
                >
                  {body.content.map((media) => (
                    <option key={media.mediaType} value={media.mediaType}>
                      {media.mediaType}
                    </option>
                  ))}
                </Select>
              ) : null}
              <Field name="body" label={text.body} hint={mediaType}>
                <Textarea
                  mono
                  rows={8}
                  value={bodyText}
                  onChange={(event) => setBodyText(event.currentTarget.value)}
                  spellCheck={false}
                />
              </Field>
            </div>
          ) : null}
          <details>
            <summary className="w-fit cursor-pointer rounded text-sm text-accent">{text.headers}</summary>
            <div className="mt-3 grid gap-5">
              <Field name="headers" label={text.headers} hideLabel hint={text.headersHint}>
                <Textarea
                  mono
                  value={headers}
                  onChange={(event) => setHeaders(event.currentTarget.value)}
                  spellCheck={false}
                />
              </Field>
              <div className="grid gap-1.5">
                <SegmentedControl
                  label={text.route}
                  options={Object.entries(text.routes).map(([value, label]) => ({ value, label }))}
                  value={route}
                  onChange={(value) => setRoute(value as Route)}
                />
                <p className="text-sm text-muted">{text.routeHint}</p>
              </div>
            </div>
          </details>
          {problem === null ? null : (
            <p role="alert" className="rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm">
              {problem}
            </p>
          )}
          <div>
            <Button type="submit" variant="primary" pending={pending}>
              {outcome ? text.again : text.send}
            </Button>
          </div>
        </form>
        {dialog}
      </Card>
      {outcome ? (
        <TryResult key={outcome.since} {...outcome} onSendThroughPortal={() => send("portal")} />
      ) : null}
    </div>
  );
}

/**
 * Sends the request on the chosen route. Automatically: from the browser, and through the portal if the browser may not
 * read the response; but a request that changes something is not repeated without asking.
 */
async function deliver(
  by: Route,
  projectId: string,
  operation: { slug: string; operation: string },
  request: PreparedRequest,
): Promise<Tried | null> {
  if (by === "portal") return sendThroughPortal(projectId, operation, request);
  if (by === "browser") return sendFromBrowser(request);
  if (!isSafe(request.method) && !isPreflighted(request))
    return sendThroughPortal(projectId, operation, request);
  const direct = await sendFromBrowser(request);
  if (direct !== null || !isSafe(request.method)) return direct;
  return sendThroughPortal(projectId, operation, request);
}
