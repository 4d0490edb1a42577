import type { ReferenceMedia, ReferenceOperation } from "#domain/catalog/reference/operation.ts";
import type { ReferenceParameter } from "#domain/catalog/reference/parameters.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { Badge } from "../ui/badge.tsx";
import { Alert, Section } from "../ui/card.tsx";
import { formatDate } from "../ui/format-time.ts";
import { SchemaText, SchemaView, TypeName } from "./schema-view.tsx";
import { SecurityView } from "./security-view.tsx";
import { referenceText as text } from "./text.ts";

/** What an operation takes and answers. */
export function OperationView({ operation }: { operation: ReferenceOperation }) {
  const { deprecated, sunset, description, externalDocs, body, responses } = operation;
  const isError = ({ status }: { status: string }) => /^[45]/.test(status) || status === "default";
  return (
    <div className="grid min-w-0 gap-8">
      {deprecated || sunset ? (
        <Alert>
          {deprecated ? <p>{text.deprecatedAlert}</p> : null}
          {sunset ? <p>{text.sunsetAlert(formatDate(Date.parse(sunset), "UTC"))}</p> : null}
        </Alert>
      ) : null}
      {description === "" ? null : <Markdown text={description} below={2} />}
      {externalDocs ? (
        <p>
          <a
            href={externalDocs.url}
            rel="noopener noreferrer nofollow"
            target="_blank"
            className="rounded text-accent underline underline-offset-2"
          >
            {externalDocs.description || text.docs}
          </a>
        </p>
      ) : null}
      <Section title={text.authentication}>
        <SecurityView security={operation.security} location={operation.sample.key} />
      </Section>
      <Parameters parameters={operation.parameters} />
      {body ? (
        <Section title={text.body} description={body.required ? text.required : undefined}>
          {body.description === "" ? null : <Markdown text={body.description} below={2} />}
          <Content content={body.content} />
        </Section>
      ) : null}
      <Responses title={text.responses} responses={responses.filter((each) => !isError(each))} />
      <Responses title={text.errors} responses={responses.filter(isError)} />
    </div>
  );
}

function Parameters({ parameters }: { parameters: ReferenceParameter[] }) {
  return (["path", "query", "header", "cookie"] as const).map((location) => {
    const here = parameters.filter((parameter) => parameter.in === location);
    if (here.length === 0) return null;
    return (
      <Section key={location} title={text.parameters[location]}>
        <ul className="divide-y divide-border rounded border border-border bg-surface">
          {here.map((parameter) => (
            <li key={parameter.name} className="grid gap-1 px-4 py-2.5">
              <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
                <span className="font-mono font-medium wrap-anywhere">{parameter.name}</span>
                <TypeName schema={parameter.schema} />
                {parameter.required ? <span className="text-xs text-attention">{text.required}</span> : null}
                {parameter.deprecated ? <Badge tone="attention">{text.deprecated}</Badge> : null}
              </p>
              {parameter.description === "" ? null : (
                <Markdown text={parameter.description} below={3} className="text-sm" />
              )}
              <SchemaText
                schema={
                  parameter.description === "" ? parameter.schema : { ...parameter.schema, description: "" }
                }
              />
            </li>
          ))}
        </ul>
      </Section>
    );
  });
}

function Content({ content }: { content: ReferenceMedia[] }) {
  return content.map(({ mediaType, schema }) => (
    <div key={mediaType} className="grid gap-2">
      <p className="font-mono text-xs text-muted">{mediaType}</p>
      {schema ? <SchemaView schema={schema} /> : null}
    </div>
  ));
}

function Responses({ title, responses }: { title: string; responses: ReferenceOperation["responses"] }) {
  if (responses.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="grid gap-3">
        {responses.map((response) => (
          <li
            key={response.status}
            className="grid gap-2 rounded border border-border bg-surface px-4 py-3"
            id={`response-${response.status}`}
          >
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-mono font-medium">
                {response.status === "default" ? text.defaultResponse : response.status}
              </span>
              <span className="text-sm text-muted">{response.title}</span>
            </p>
            {response.description === "" ? null : (
              <Markdown text={response.description} below={3} className="text-sm" />
            )}
            {response.headers.length > 0 ? (
              <details>
                <summary className="w-fit cursor-pointer rounded text-sm text-accent">{text.headers}</summary>
                <ul className="mt-2 grid gap-2">
                  {response.headers.map(({ name, schema, description }) => (
                    <li key={name} className="grid gap-0.5 text-sm">
                      <p className="flex flex-wrap items-baseline gap-x-2">
                        <span className="font-mono">{name}</span>
                        <TypeName schema={schema} />
                      </p>
                      {description === "" ? null : <Markdown text={description} below={3} />}
                    </li>
                  ))}
                </ul>
              </details>
            ) : null}
            <Content content={response.content} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
