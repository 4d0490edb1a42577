"use client";

import { FileUp, X } from "lucide-react";
import { type ChangeEvent, useState, useTransition } from "react";
import type { OpenApiPreview } from "#domain/catalog/apis/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { OPENAPI_EXAMPLE } from "./openapi-example.ts";
import { PreviewedDocument } from "./openapi-preview.tsx";
import { type ApiDocument, sendDocument } from "./send-document.ts";

interface OpenApiFieldProps {
  document: ApiDocument;
  onDocument: (document: ApiDocument) => void;
  /** The document could be read. */
  onRead: (summary: OpenApiPreview) => void;
}

/** An OpenAPI document, pasted or from a file, and what it says once it was read. A file stays out of the page. */
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
    const file = event.currentTarget.files?.[0];
    // The same file may be chosen again after it was edited, or was too large.
    event.currentTarget.value = "";
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
          <span className="text-muted">{sizeWords(document.size)}</span>
          <Button variant="ghost" size="sm" onClick={() => change("")}>
            <X aria-hidden />
            Remove file
          </Button>
        </div>
      ) : (
        <Field
          name="openapi"
          label="OpenAPI document"
          hint="Version 3.0, 3.1 or 3.2, JSON or YAML, up to 16 MiB and 5,000 operations."
        >
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
          From a file
          <input type="file" accept=".json,.yaml,.yml" className="sr-only" onChange={open} />
        </label>
        <Button
          size="sm"
          pending={reading}
          disabled={!isFile && document.trim() === ""}
          onClick={() => preview(document)}
        >
          Read document
        </Button>
      </div>
      {read ? <PreviewedDocument read={read} /> : null}
    </div>
  );
}

/** `bytes` in KiB, or in MiB from 1 MiB on. */
function sizeWords(bytes: number): string {
  const kib = bytes / 1_024;
  return kib < 1_024 ? `${Math.ceil(kib)} KiB` : `${(kib / 1_024).toFixed(1)} MiB`;
}
