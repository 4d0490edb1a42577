"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ApiAccess, ApiPathMatching } from "#db/tables/catalogue.ts";
import type { Api, OpenApiSummary, Operation } from "#domain/apis/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { ApiFields, type ApiText } from "./api-fields.tsx";
import { draftsOf, operationsOf, slugFor } from "./drafts.ts";
import { OpenApiField, type PreviewOpenApi } from "./openapi-field.tsx";
import { OperationRows } from "./operation-rows.tsx";

interface ApiInput {
  slug: string;
  name: string;
  description: string;
  access: ApiAccess;
  allowKeyInUrl: boolean;
  baseUrl: string | null;
  pathMatching: ApiPathMatching;
  operations?: Operation[];
  openapi?: string;
}

interface ApiFormProps {
  /** The catalogue entry to change; none for a new one. */
  api?: Api;
  save: (input: ApiInput) => Promise<ActionResult<Api>>;
  preview: PreviewOpenApi;
}

type Source = "keep" | "openapi" | "hand";

/** A catalogue entry: its operations, from a document or by hand, and what people read about it. */
export function ApiForm({ api, save, preview }: ApiFormProps) {
  const router = useRouter();
  const [source, setSource] = useState<Source>(api ? "keep" : "openapi");
  const [drafts, setDrafts] = useState(() => draftsOf(api?.operations ?? []));
  const [text, setText] = useState<ApiText>({
    name: api?.name ?? "",
    slug: api?.slug ?? null,
    description: api?.description ?? "",
    baseUrl: api?.baseUrl ?? "",
  });

  const send = (data: FormData) =>
    save({
      slug: api?.slug ?? text.slug ?? slugFor(text.name),
      name: text.name,
      description: text.description,
      access: textOf(data, "access") as ApiAccess,
      allowKeyInUrl: data.get("allowKeyInUrl") !== null,
      pathMatching: textOf(data, "pathMatching") as ApiPathMatching,
      baseUrl: text.baseUrl.trim() || null,
      ...(source === "openapi" && { openapi: textOf(data, "openapi") }),
      ...(source === "hand" && { operations: operationsOf(drafts) }),
    });
  return (
    <ActionForm action={send} onDone={(saved) => router.push(`/catalogue/${saved.slug}`)} className="gap-8">
      <Section
        title="Operations"
        description="Keys can be restricted to some of them, and usage is counted by each."
        actions={
          <SegmentedControl
            label="Where operations come from"
            options={sourcesFor(api)}
            value={source}
            onChange={(value) => setSource(value as Source)}
          />
        }
      >
        {source === "keep" ? null : (
          <Card>
            {/* Both stay on the page, so that going back and forth loses nothing. */}
            <div hidden={source !== "openapi"}>
              <OpenApiField preview={preview} onRead={(read) => setText(filledFrom(read))} />
            </div>
            <div hidden={source !== "hand"}>
              <OperationRows drafts={drafts} onChange={setDrafts} />
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
        <ButtonLink href={api ? `/catalogue/${api.slug}` : "/admin/apis"}>Cancel</ButtonLink>
        <SubmitButton>{api ? "Save API" : "Add to the catalogue"}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function sourcesFor(api: Api | undefined) {
  const count = api?.operations.length ?? 0;
  return [
    ...(api ? [{ value: "keep", label: `Keep ${count === 0 ? "none" : `these ${count}`}` }] : []),
    { value: "openapi", label: "OpenAPI document" },
    { value: "hand", label: "By hand" },
  ];
}

/** Fills in what the document says where nothing was typed yet. */
function filledFrom({ name, description, baseUrl }: OpenApiSummary) {
  return (typed: ApiText): ApiText => ({
    slug: typed.slug,
    name: typed.name || name,
    description: typed.description || description,
    baseUrl: typed.baseUrl || (baseUrl ?? ""),
  });
}
