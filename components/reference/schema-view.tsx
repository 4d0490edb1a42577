import type { SchemaNode, SchemaProperty } from "#domain/catalog/reference/schema-tree.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { Badge } from "../ui/badge.tsx";
import { referenceText as text } from "./text.ts";

/** A schema: its type and rules, and its parts below it. Nested parts open on demand. */
export function SchemaView({ schema }: { schema: SchemaNode }) {
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <TypeName schema={schema} />
      </p>
      <SchemaText schema={schema} />
      <SchemaParts schema={schema} open />
    </div>
  );
}

/** The type in words, and what is special about it. */
export function TypeName({ schema }: { schema: SchemaNode }) {
  return (
    <>
      <span className="font-mono text-xs text-muted wrap-anywhere">{schema.type}</span>
      {schema.access ? (
        <span className="text-xs text-muted">
          {schema.access === "read-only" ? text.readOnly : text.writeOnly}
        </span>
      ) : null}
      {schema.deprecated ? <Badge tone="attention">{text.deprecated}</Badge> : null}
    </>
  );
}

/** The description, the rules and the allowed values. */
export function SchemaText({ schema }: { schema: SchemaNode }) {
  const { description, rules, values, cut } = schema;
  if (description === "" && rules.length + values.length === 0 && cut === null) return null;
  return (
    <div className="grid gap-1 text-sm">
      {description === "" ? null : <Markdown text={description} below={3} />}
      {rules.length > 0 ? (
        <p className="font-mono text-xs text-muted wrap-anywhere">{rules.join(" · ")}</p>
      ) : null}
      {values.length > 0 ? (
        <p className="text-xs text-muted wrap-anywhere">
          {values.length > 1 ? text.values : null}
          <span className="font-mono">{values.join(" · ")}</span>
        </p>
      ) : null}
      {cut === null ? null : <p className="text-xs text-muted">{text.cut[cut]}</p>}
    </div>
  );
}

/** Properties, alternatives and items. */
function SchemaParts({ schema, open }: { schema: SchemaNode; open?: boolean }) {
  const { properties, variants, items } = schema;
  const count = properties.length + (variants?.options.length ?? 0) + (items ? 1 : 0);
  if (count === 0) return null;
  const parts = (
    <div className="grid gap-3">
      {properties.length > 0 ? (
        <ul className="divide-y divide-border rounded border border-border">
          {properties.map((property) => (
            <Property key={property.name} property={property} />
          ))}
        </ul>
      ) : null}
      {variants ? (
        <div className="grid gap-2">
          <p className="text-sm text-muted">{variants.kind === "one" ? text.oneOf : text.anyOf}</p>
          <ul className="grid gap-2">
            {variants.options.map((option, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: alternatives have no identity but their place
              <li key={index} className="grid gap-1.5 rounded border border-border px-3 py-2">
                <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
                  <span>{text.option(index + 1)}</span>
                  <TypeName schema={option} />
                </p>
                <SchemaText schema={option} />
                <SchemaParts schema={option} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {items ? (
        <div className="grid gap-1.5">
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <span className="text-muted">{schema.type.startsWith("map") ? text.mapValues : text.items}</span>
            <TypeName schema={items} />
          </p>
          <SchemaText schema={items} />
          <SchemaParts schema={items} open={open ?? false} />
        </div>
      ) : null}
    </div>
  );
  if (open) return parts;
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer rounded py-1 text-sm text-accent">
        {text.fields(count)}
      </summary>
      <div className="mt-1">{parts}</div>
    </details>
  );
}

function Property({ property: { name, required, schema } }: { property: SchemaProperty }) {
  return (
    <li className="grid gap-1 px-3 py-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="font-mono font-medium wrap-anywhere">{name}</span>
        <TypeName schema={schema} />
        {required ? <span className="text-xs text-attention">{text.required}</span> : null}
      </p>
      <SchemaText schema={schema} />
      <SchemaParts schema={schema} />
    </li>
  );
}
