"use client";

import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TryChecks, TrySession } from "#domain/keys/try-it/schema.ts";
import { Method } from "../reference/method.tsx";
import { postJson } from "../restrictions/post-json.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Alert, Card, Section } from "../ui/card.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import type { PreparedRequest } from "./request.ts";
import type { Tried } from "./send.ts";
import { tryText as text } from "./text.ts";

interface TryResultProps {
  request: PreparedRequest;
  result: Tried | null;
  since: string;
  session: TrySession & { projectId: string };
  onSendThroughPortal: () => void;
}

/** The response to a request, and the check that it caused. */
export function TryResult({ request, result, since, session, onSendThroughPortal }: TryResultProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <Section title={text.response}>
      <Card className="grid gap-4">
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Method method={request.method} />
          <span className="font-mono text-sm wrap-anywhere">
            {withoutSecret(request.url, session.secret)}
          </span>
        </p>
        {result === null ? (
          <Alert
            actions={
              <Button size="sm" onClick={onSendThroughPortal}>
                {text.throughPortal}
              </Button>
            }
          >
            <p>{text.blocked}</p>
          </Alert>
        ) : (
          <Response result={result} />
        )}
        <QueryClientProvider client={client}>
          <Checks since={since} session={session} />
        </QueryClientProvider>
      </Card>
    </Section>
  );
}

/** A key in the URL is not left on the screen. */
function withoutSecret(url: string, secret: string): string {
  return url.replaceAll(secret, "…");
}

function Response({ result }: { result: Tried }) {
  if ("error" in result) {
    return (
      <div className="grid gap-1">
        <p className="flex flex-wrap gap-x-3">
          <Badge tone="bad">{text.failed}</Badge>
          <span className="text-sm text-muted">{text.took(result.tookMs)}</span>
          <span className="text-sm text-muted">{text.sentFrom[result.from]}</span>
        </p>
        <p>{result.error}</p>
      </div>
    );
  }
  const { status, statusText, headers, body, bytes, truncated, tookMs, from } = result;
  return (
    <div className="grid min-w-0 gap-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1" role="status">
        <Badge tone={status < 300 ? "good" : status < 400 ? "attention" : "bad"}>
          {[status, statusText].join(" ").trim()}
        </Badge>
        <span className="text-sm text-muted">{text.took(tookMs)}</span>
        <span className="text-sm text-muted">{text.sentFrom[from]}</span>
      </p>
      <details>
        <summary className="w-fit cursor-pointer rounded text-sm text-accent">
          {text.responseHeaders(headers.length)}
        </summary>
        <dl className="mt-2 grid gap-x-4 gap-y-1 font-mono text-xs sm:grid-cols-[max-content_minmax(0,1fr)]">
          {headers.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
        {from === "browser" ? <p className="mt-2 text-sm text-muted">{text.corsHeaders}</p> : null}
      </details>
      {body === null ? (
        <p className="text-muted">{text.binary(bytes)}</p>
      ) : body === "" ? (
        <p className="text-muted">{text.emptyBody}</p>
      ) : (
        <CodeBlock title={text.responseBody} code={pretty(body)} className="max-h-[32rem] overflow-y-auto" />
      )}
      {truncated ? <p className="text-sm text-muted">{text.truncated}</p> : null}
    </div>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** How often, and how many times, the verifier's report is looked for: it arrives within seconds. */
const EVERY_MS = 1_000;
const MAX_TRIES = 15;

function Checks({ since, session }: Pick<TryResultProps, "since" | "session">) {
  const { projectId, keyId, secretId } = session;
  const [openedAt] = useState(() => Date.now());
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ["try", secretId, since],
    queryFn: ({ signal }) =>
      postJson<TryChecks>(`/projects/${projectId}/try/checks`, { keyId, secretId, since }, signal),
    refetchInterval: ({ state }) =>
      (state.data?.checks.length ?? 0) > 0 || state.dataUpdateCount >= MAX_TRIES ? false : EVERY_MS,
    retry: false,
  });
  const checks = data?.checks ?? [];
  return (
    <div className="grid gap-1 border-t border-border pt-4" aria-live="polite">
      <h3 className="text-sm font-medium">{text.check.title}</h3>
      {checks.length === 0 ? (
        <p className="text-sm text-muted">
          {dataUpdatedAt < openedAt + (MAX_TRIES - 1) * EVERY_MS ? text.check.waiting : text.check.none}
        </p>
      ) : (
        <ul className="grid gap-1">
          {checks.map(({ code, api, operation, count }) => (
            <li key={`${code} ${api} ${operation}`} className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <Badge tone={code === "VALID" ? "good" : "bad"}>{code}</Badge>
              <span className="font-mono">{[api, operation].filter(Boolean).join(" ")}</span>
              {count > 1 ? <span className="text-muted">{text.check.times(count)}</span> : null}
            </li>
          ))}
        </ul>
      )}
      {data?.denial && checks.some(({ code }) => code === data.denial?.code) ? (
        <p className="text-sm">{data.denial.words}</p>
      ) : null}
    </div>
  );
}
