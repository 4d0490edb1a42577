"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ApiAccess, ApiPathMatching } from "#db/tables/catalogue.ts";
import type { Api, OpenApiPreview, Operation } from "#domain/catalog/apis/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { ApiFields, type ApiText } from "./api-fields.tsx";
import { draftsOf, operationsOf, slugFor } from "./drafts.ts";
import { OpenApiField } from "./openapi-field.tsx";
import { OperationRows } from "./operation-rows.tsx";
import { type ApiDocument, sendDocument } from "./send-document.ts";

interface ApiInput {
  slug: string;
  name: string;
  description: string;
  access: ApiAccess;
  allowKeyInUrl: boolean;
  baseUrl: string | null;
  pathMatching: ApiPathMatching;
  operations?: Operation[];
}

interface ApiFormProps {
  /** The catalogue entry to change; none for a new one. */
  api?: Api;
  /** Of that entry; `api` comes without its operations where these are too many to edit by hand. */
  operationCount?: number;
  save: (input: ApiInput) => Promise<ActionResult<{ slug: string }>>;
}

type Source = "keep" | "openapi" | "hand";

/** A catalogue entry: its operations, from a document or by hand, and what people read about it. */
export function ApiForm({ api, operationCount = 0, save }: ApiFormProps) {
  const router = useRouter();
  const [source, setSource] = useState<Source>(api ? "keep" : "openapi");
  const [document, setDocument] = useState<ApiDocument>("");
  const [drafts, setDrafts] = useState(() => draftsOf(api?.operations ?? []));
  const [text, setText] = useState<ApiText>({
    name: api?.name ?? "",
    slug: api?.slug ?? null,
    description: api?.description ?? "",
    baseUrl: api?.baseUrl ?? "",
  });

  const send = (data: FormData): Promise<ActionResult<{ slug: string }>> => {
    const input: ApiInput = {
      slug: api?.slug ?? text.slug ?? slugFor(text.name),
      name: text.name,
      description: text.description,
      access: textOf(data, "access") as ApiAccess,
      allowKeyInUrl: data.get("allowKeyInUrl") !== null,
      pathMatching: textOf(data, "pathMatching") as ApiPathMatching,
      baseUrl: text.baseUrl.trim() || null,
    };
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
        title="Operations"
        description="Keys can be restricted to some of them, and usage is counted by each."
        actions={
          <SegmentedControl
            label="Where operations come from"
            options={sourcesFor(api, operationCount)}
            value={source}
            onChange={(value) => setSource(value as Source)}
          />
        }
      >
        {source === "keep" ? null : (
          <Card>
            {/* Both stay on the page, so that going back and forth loses nothing. */}
            <div hidden={source !== "openapi"}>
              <OpenApiField
                document={document}
                onDocument={setDocument}
                onRead={(read) => setText(filledFrom(read))}
              />
            </div>
            <div hidden={source !== "hand"}>
              {source === "hand" ? <OperationRows drafts={drafts} onChange={setDrafts} /> : null}
            </div>
          </Card>
        )}
      </Section>
      <Section title="In the catalogue">
        <Card>
          <ApiFields
            text={text}
            onChange={setText}
            existing={api !== undefined}
            access={api?.access ?? "open"}
            allowKeyInUrl={api?.allowKeyInUrl ?? false}
            pathMatching={api?.pathMatching ?? "safe"}
          />
        </Card>
      </Section>
      <FormMessage />
      <FormActions>
        <ButtonLink href={api ? `/apis/${api.slug}` : "/admin/apis"}>Cancel</ButtonLink>
        <SubmitButton>{api ? "Save API" : "Add to the catalogue"}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function sourcesFor(api: Api | undefined, count: number) {
  const isByHand = count === (api?.operations.length ?? 0);
  return [
    ...(api ? [{ value: "keep", label: `Keep ${count === 0 ? "none" : `these ${count}`}` }] : []),
    { value: "openapi", label: "OpenAPI document" },
    ...(isByHand ? [{ value: "hand", label: "By hand" }] : []),
  ];
}

/** Fills in what the document says where nothing was typed yet. */
function filledFrom({ name, description, baseUrl }: OpenApiPreview) {
  return (typed: ApiText): ApiText => ({
    slug: typed.slug,
    name: typed.name || (name ?? ""),
    description: typed.description || description,
    baseUrl: typed.baseUrl || (baseUrl ?? ""),
  });
}
