"use client";

import { useState, useTransition } from "react";
import type { OpenApiPreview } from "#domain/catalog/apis/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { callAction } from "../ui/attempt.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { followedText as text } from "./admin-text.ts";
import { PreviewedDocument } from "./openapi-preview.tsx";
import { documentText } from "./operations-text.ts";

interface DocumentUrlFieldProps {
  url: string;
  onUrl: (url: string) => void;
  /** Reads the document at the URL. */
  preview: (input: { url: string }) => Promise<ActionResult<OpenApiPreview>>;
  /** Called when the document was read without errors. */
  onRead: (summary: OpenApiPreview) => void;
}

/** Takes the URL of an OpenAPI document, and previews the document that is there. */
export function DocumentUrlField({ url, onUrl, preview, onRead }: DocumentUrlFieldProps) {
  const [read, setRead] = useState<ActionResult<OpenApiPreview> | null>(null);
  const [reading, start] = useTransition();
  const load = () =>
    start(async () => {
      const result = await callAction(() => preview({ url }));
      setRead(result);
      if (result.ok) onRead(result.value);
    });
  return (
    <div className="grid gap-3">
      <Field name="url" label={text.url} hint={`${text.urlHint} ${text.urlChecked}`}>
        <Input
          type="url"
          mono
          autoComplete="off"
          spellCheck={false}
          value={url}
          placeholder="https://api.example.com/openapi.json"
          onValueChange={(value) => {
            onUrl(value);
            setRead(null);
          }}
        />
      </Field>
      <div>
        <Button size="sm" pending={reading} disabled={url.trim() === ""} onClick={load}>
          {documentText.read}
        </Button>
      </div>
      {read ? <PreviewedDocument read={read} /> : null}
    </div>
  );
}
