"use client";

import { FileUp } from "lucide-react";
import { type ChangeEvent, useState, useTransition } from "react";
import type { OpenApiSummary } from "#domain/apis/types.ts";
import type { ActionFailure, ActionResult } from "#domain/result.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { OPENAPI_EXAMPLE } from "./openapi-example.ts";
import { OpenApiPreview } from "./openapi-preview.tsx";

export type PreviewOpenApi = (input: { openapi: string }) => Promise<ActionResult<OpenApiSummary>>;

interface OpenApiFieldProps {
  preview: PreviewOpenApi;
  /** The document could be read. */
  onRead: (summary: OpenApiSummary) => void;
}

const MAX_BYTES = 1_048_576;
const TOO_LARGE: ActionFailure = {
  ok: false,
  code: "invalid",
  message: "",
  errors: [{ path: "openapi", message: "The file is larger than 1 MiB." }],
};

/** An OpenAPI document, pasted or from a file, and what it says once it was read. */
export function OpenApiField({ preview, onRead }: OpenApiFieldProps) {
  const [text, setText] = useState("");
  const [read, setRead] = useState<ActionResult<OpenApiSummary> | null>(null);
  const [reading, start] = useTransition();

  const readText = (openapi: string) =>
    start(async () => {
      const result = await preview({ openapi });
      setRead(result);
      if (result.ok) onRead(result.value);
    });
  const change = (value: string) => {
    setText(value);
    setRead(null);
  };
  const open = async (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    // The same file may be chosen again after it was edited.
    if (!file) return;
    if (file.size > MAX_BYTES) return setRead(TOO_LARGE);
    const value = await file.text();
    input.value = "";
    change(value);
    readText(value);
  };
  return (
    <div className="grid gap-3">
      <Field name="openapi" label="OpenAPI document" hint="Version 3.0 or 3.1, JSON or YAML, up to 1 MiB.">
        <Textarea
          name="openapi"
          mono
          rows={10}
          spellCheck={false}
          value={text}
          placeholder={OPENAPI_EXAMPLE}
          onChange={(event) => change(event.currentTarget.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <label className={buttonClass({ size: "sm" }, "focus-within:outline-2 focus-within:outline-accent")}>
          <FileUp aria-hidden />
          From a file
          <input type="file" accept=".json,.yaml,.yml" className="sr-only" onChange={open} />
        </label>
        <Button size="sm" pending={reading} disabled={text.trim() === ""} onClick={() => readText(text)}>
          Read document
        </Button>
      </div>
      {read ? <OpenApiPreview read={read} /> : null}
    </div>
  );
}
