"use client";

import { useRouter } from "next/navigation";
import { Suspense, useState } from "react";
import type { ApiAccess, ApiPathMatching, ApiVisibility } from "#db/tables/catalog.ts";
import type { Api, DeclaredScope, OpenApiPreview, Operation } from "#domain/catalog/apis/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { lazyComponent } from "../ui/lazy.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { uiText } from "../ui/text.ts";
import { ApiFields, type ApiValues } from "./api-fields.tsx";
import { draftsOf, operationsOf, scopeLinesOf, scopesIn, slugFor } from "./drafts.ts";
import { apiFormText as text } from "./form-text.ts";
import { type ApiDocument, sendDocument } from "./send-document.ts";

// Each source of operations is loaded when it is shown.
const DocumentUrlField = lazyComponent(() =>
  import("./document-url-field.tsx").then((module) => module.DocumentUrlField),
);
const OpenApiField = lazyComponent(() => import("./openapi-field.tsx").then((module) => module.OpenApiField));
const OperationRows = lazyComponent(() =>
  import("./operation-rows.tsx").then((module) => module.OperationRows),
);

interface ApiInput {
  slug: string;
  name: string;
  description: string;
  access: ApiAccess;
  allowKeyInUrl: boolean;
  baseUrl: string | null;
  pathMatching: ApiPathMatching;
  visibility: ApiVisibility;
  scopes: DeclaredScope[];
  operations?: Operation[];
}

interface ApiFormProps {
  /** The API to edit; undefined for a new one. */
  api?: Api;
  /** The number of its operations; `api` comes without them if there are too many to edit by hand. */
  operationCount?: number;
  save: (input: ApiInput) => Promise<ActionResult<{ slug: string }>>;
  /** For a new API: adds it from the document at a URL, which is followed, and previews that document. */
  byUrl?: {
    create: (input: ApiInput & { url: string }) => Promise<ActionResult<{ slug: string }>>;
    preview: (input: { url: string }) => Promise<ActionResult<OpenApiPreview>>;
  };
}

type Source = "keep" | "openapi" | "url" | "hand";

/** Creates or edits an API: its operations, from a document or by hand, and its details. */
export function ApiForm({ api, operationCount = 0, save, byUrl }: ApiFormProps) {
  const router = useRouter();
  const [source, setSource] = useState<Source>(api ? "keep" : "openapi");
  const [document, setDocument] = useState<ApiDocument>("");
  const [url, setUrl] = useState("");
  const [drafts, setDrafts] = useState(() => draftsOf(api?.operations ?? []));
  const [values, setValues] = useState<ApiValues>({
    name: api?.name ?? "",
    slug: api?.slug ?? null,
    description: api?.description ?? "",
    baseUrl: api?.baseUrl ?? "",
    scopes: scopeLinesOf(api?.scopes.filter(({ fromDocument }) => !fromDocument) ?? []),
  });

  const send = (data: FormData): Promise<ActionResult<{ slug: string }>> => {
    const input: ApiInput = {
      slug: api?.slug ?? values.slug ?? slugFor(values.name),
      name: values.name,
      description: values.description,
      access: textOf(data, "access") as ApiAccess,
      allowKeyInUrl: data.get("allowKeyInUrl") !== null,
      pathMatching: textOf(data, "pathMatching") as ApiPathMatching,
      visibility: textOf(data, "visibility") as ApiVisibility,
      baseUrl: values.baseUrl.trim() || null,
      scopes: scopesIn(values.scopes),
    };
    if (source === "url" && byUrl) return byUrl.create({ ...input, url });
    if (source === "openapi") return sendDocument(api ? "update" : "create", input, document);
    return save(source === "hand" ? { ...input, operations: operationsOf(drafts) } : input);
  };
  const done = ({ slug }: { slug: string }) => {
    router.push(`/apis/${slug}`);
    router.refresh();
  };
  return (
    <ActionForm action={send} onDone={done} className="gap-8">
      <Section
        title={text.operations}
        description={text.operationsHint}
        actions={
          <SegmentedControl
            label={text.source}
            options={sourcesFor(api, operationCount, byUrl !== undefined)}
            value={source}
            onChange={(value) => setSource(value as Source)}
          />
        }
      >
        {source === "keep" ? null : (
          <Card>
            <Suspense>
              {/* The sources keep their input when the reader switches between them. */}
              <div hidden={source !== "openapi"}>
                <OpenApiField
                  document={document}
                  onDocument={setDocument}
                  onRead={(read) => setValues(fieldsFromDocument(read))}
                />
              </div>
              {source === "url" && byUrl ? (
                <DocumentUrlField
                  url={url}
                  onUrl={setUrl}
                  preview={byUrl.preview}
                  onRead={(read) => setValues(fieldsFromDocument(read))}
                />
              ) : null}
              <div hidden={source !== "hand"}>
                {source === "hand" ? <OperationRows drafts={drafts} onChange={setDrafts} /> : null}
              </div>
            </Suspense>
          </Card>
        )}
      </Section>
      <Section title={text.details}>
        <Card>
          <ApiFields
            values={values}
            onChange={setValues}
            existing={api !== undefined}
            access={api?.access ?? "open"}
            allowKeyInUrl={api?.allowKeyInUrl ?? false}
            pathMatching={api?.pathMatching ?? "safe"}
            visibility={api?.visibility ?? "members"}
            scopesOfDocument={
              api?.scopes.filter(({ fromDocument }) => fromDocument).map(({ name }) => name) ?? []
            }
          />
        </Card>
      </Section>
      <FormMessage />
      <FormActions>
        <ButtonLink href={api ? `/apis/${api.slug}` : "/admin/apis"}>{uiText.cancel}</ButtonLink>
        <SubmitButton>{api ? text.save : text.add}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function sourcesFor(api: Api | undefined, count: number, hasUrl: boolean) {
  const isByHand = count === (api?.operations.length ?? 0);
  return [
    ...(api ? [{ value: "keep", label: text.keep(count) }] : []),
    { value: "openapi", label: text.openapi },
    ...(hasUrl ? [{ value: "url", label: text.byUrl }] : []),
    ...(isByHand ? [{ value: "hand", label: text.byHand }] : []),
  ];
}

/** Fills empty fields with the values of the document. */
function fieldsFromDocument({ name, description, baseUrl }: OpenApiPreview) {
  return (typed: ApiValues): ApiValues => ({
    slug: typed.slug,
    scopes: typed.scopes,
    name: typed.name || (name ?? ""),
    description: typed.description || description,
    baseUrl: typed.baseUrl || (baseUrl ?? ""),
  });
}
