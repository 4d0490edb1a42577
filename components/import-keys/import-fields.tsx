"use client";

import type { ImportFile } from "#core/import-file.ts";
import { HASH_ALGORITHMS, HASH_ENCODINGS } from "#core/token-shape.ts";
import { Field, FieldGroup } from "../ui/field.tsx";
import { FilterSelect } from "../ui/filter.tsx";
import { Input, Select } from "../ui/input.tsx";
import { importText } from "./text.ts";

type CsvFile = Extract<ImportFile, { kind: "csv" }>;

interface ColumnFieldsProps {
  file: CsvFile;
  /** Those that a column can have. */
  fields: readonly string[];
  mapping: Record<string, string>;
  onChange: (mapping: Record<string, string>) => void;
}

/** Columns whose values must not be shown. */
const SECRET_FIELDS = ["token", "hash", "lookup"];
const EXAMPLE_LENGTH = 40;

/** The field that each column has. Values of tokens and hashes are not shown. */
export function ColumnFields({ file, fields, mapping, onChange }: ColumnFieldsProps) {
  const text = importText.columns;
  return (
    <FieldGroup name="columns" legend={text.legend} hint={text.hint}>
      <ul className="grid gap-2 sm:grid-cols-2">
        {file.columns.map((column) => (
          <li key={column} className="grid min-w-0 gap-1">
            <div className="grid gap-1 text-sm">
              <span className="truncate font-medium">{column}</span>
              <FilterSelect
                aria-label={text.fieldOf(column)}
                value={mapping[column] ?? ""}
                onChange={(event) => onChange(withField(mapping, column, event.currentTarget.value))}
              >
                <option value="">{text.ignored}</option>
                {fields.map((field) => (
                  <option key={field} value={field}>
                    {field}
                  </option>
                ))}
                <option value={metadataField(column)}>{text.metadata(column)}</option>
              </FilterSelect>
            </div>
            <span className="truncate text-xs text-muted">{exampleOf(file, column, mapping[column])}</span>
          </li>
        ))}
      </ul>
    </FieldGroup>
  );
}

function metadataField(column: string): string {
  return column.startsWith("metadata.") ? column : `metadata.${column}`;
}

function withField(mapping: Record<string, string>, column: string, field: string): Record<string, string> {
  const { [column]: _, ...rest } = mapping;
  return field === "" ? rest : { ...rest, [column]: field };
}

/** A column without a field may be one of secrets: only those with a field that is none are shown. */
function exampleOf({ rows }: CsvFile, column: string, field: string | undefined): string {
  const text = importText.columns;
  if (field === undefined || SECRET_FIELDS.includes(field)) return text.hidden;
  const value = rows.find((row) => row[column])?.[column] ?? "";
  return value === "" ? "" : text.example(value.slice(0, EXAMPLE_LENGTH));
}

/** Values for rows that have none. */
export function ConstantFields() {
  const text = importText.constants;
  return (
    <FieldGroup name="constants" legend={text.legend}>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field name="environment" label={text.environment}>
          <Select name="environment" defaultValue="live">
            <option value="live">{text.live}</option>
            <option value="test">{text.test}</option>
          </Select>
        </Field>
        <Field name="algorithm" label={text.algorithm}>
          <Select name="algorithm" defaultValue="">
            <option value="">{text.none}</option>
            {HASH_ALGORITHMS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
        <Field name="encoding" label={text.encoding}>
          <Select name="encoding" defaultValue="">
            <option value="">{text.none}</option>
            {HASH_ENCODINGS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
      </div>
    </FieldGroup>
  );
}

/** The format of the tokens. */
export function ShapeFields() {
  const text = importText.shape;
  return (
    <FieldGroup name="shape" legend={text.legend} hint={text.lengthHint}>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field name="prefix" label={text.prefix} hint={text.prefixHint}>
          <Input name="prefix" mono autoComplete="off" spellCheck={false} />
        </Field>
        <Field name="minLength" label={text.minLength}>
          <Input name="minLength" type="number" min={16} max={512} inputMode="numeric" />
        </Field>
        <Field name="maxLength" label={text.maxLength}>
          <Input name="maxLength" type="number" min={16} max={512} inputMode="numeric" />
        </Field>
      </div>
    </FieldGroup>
  );
}
