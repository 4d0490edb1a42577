"use client";

import { FileUp, X } from "lucide-react";
import { type ChangeEvent, useState, useTransition } from "react";
import { formatBytes } from "#core/format.ts";
import type { OpenApiPreview } from "#domain/catalog/apis/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { documentText as text } from "./operations-text.ts";
import { type ApiDocument, sendDocument } from "./send-document.ts";

const PreviewedDocument = lazyInBrowser(() =>
  import("./openapi-preview.tsx").then((module) => module.PreviewedDocument),
);

/** The placeholder: a minimal document that can be imported. */
const OPENAPI_EXAMPLE = `openapi: 3.1.0
info:
  title: Badges
  description: Who earned which badge.
  version: "1"
servers:
  - url: https://badges.example.com
paths:
  /badges/{user}:
    get:
      operationId: badges.list
      summary: Badges of one user
`;

interface OpenApiFieldProps {
  document: ApiDocument;
  onDocument: (document: ApiDocument) => void;
  /** Called when the document was read without errors. */
  onRead: (summary: OpenApiPreview) => void;
}

/** Takes an OpenAPI document, pasted or from a file, and previews it. The content of a file is not shown. */
export function OpenApiField({ document, onDocument, onRead }: OpenApiFieldProps) {
  const [read, setRead] = useState<ActionResult<OpenApiPreview> | null>(null);
  const [reading, start] = useTransition();

  const preview = (given: ApiDocument) =>
    start(async () => {
      const result = await sendDocument<OpenApiPreview>("preview", {}, given);
      setRead(result);
      if (result.ok) onRead(result.value);
    });
  const change = (given: ApiDocument) => {
    onDocument(given);
    setRead(null);
  };
  const open = (event: ChangeEvent<HTMLInputElement>) => {
    const file = takeFile(event.currentTarget);
    if (!file) return;
    change(file);
    preview(file);
  };
  const isFile = typeof document !== "string";
  return (
    <div className="grid gap-3">
      {isFile ? (
        <div className="flex flex-wrap items-center gap-2 rounded border border-border px-3 py-2 text-sm">
          <span className="min-w-0 font-mono break-all">{document.name}</span>
          <span className="text-muted">{formatBytes(document.size)}</span>
          <Button variant="ghost" size="sm" onClick={() => change("")}>
            <X aria-hidden />
            {text.remove}
          </Button>
        </div>
      ) : (
        <Field name="openapi" label={text.label} hint={text.hint}>
          <Textarea
            name="openapi"
            mono
            rows={10}
            spellCheck={false}
            value={document}
            placeholder={OPENAPI_EXAMPLE}
            onChange={(event) => change(event.currentTarget.value)}
          />
        </Field>
      )}
      <div className="flex flex-wrap gap-2">
        <label className={buttonClass({ size: "sm" }, "focus-within:outline-2 focus-within:outline-accent")}>
          <FileUp aria-hidden />
          {text.choose}
          <input type="file" accept=".json,.yaml,.yml" className="sr-only" onChange={open} />
        </label>
        <Button
          size="sm"
          pending={reading}
          disabled={!isFile && document.trim() === ""}
          onClick={() => preview(document)}
        >
          {text.read}
        </Button>
      </div>
      {read ? <PreviewedDocument read={read} /> : null}
    </div>
  );
}

/**
 * The file that was just chosen, or null. The input forgets it, because browsers report no change when the same file is
 * chosen again, and it may have been edited or been too large.
 */
export function takeFile(input: { files: ArrayLike<File> | null; value: string }): File | null {
  const file = input.files?.[0] ?? null;
  input.value = "";
  return file;
}
