import { goComment, goName } from "./names.ts";

/** The parts of JSON Schema (2020-12) that the portal's document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: (string | number)[];
  const?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema | false;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/**
 * How optional fields are written. In a request, absent, null and empty mean different things, so every optional field
 * is a pointer. In a response a missing list is an empty one.
 */
export type Direction = "request" | "response";

const PRIMITIVES: Record<string, string> = {
  string: "string",
  integer: "int64",
  number: "float64",
  boolean: "bool",
};

/** Collects Go declarations for schemas. */
export class TypeWriter {
  readonly #declarations = new Map<string, string>();

  /** The declarations in the order of their names. */
  declarations(): string[] {
    return [...this.#declarations].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, code]) => code);
  }

  /** Declares the type `name`, also for a schema without a name in Go. */
  declare(name: string, schema: Schema, direction: Direction = "response"): void {
    const type = this.typeOf(schema, goName(name), direction);
    if (type !== goName(name)) this.#add(goName(name), schema, `= ${type}`);
  }

  /** The Go type of a schema without null. Declares `name` and types that begin with it where a schema needs one. */
  typeOf(schema: Schema, name: string, direction: Direction): string {
    const { schema: inner } = withoutNull(schema);
    if (inner.$ref !== undefined) return goName(inner.$ref.replace(/^.*\//, ""));
    const alternatives = inner.anyOf ?? inner.oneOf;
    if (alternatives) return this.#union(alternatives, name, direction);
    if (inner.enum?.every((value) => typeof value === "string")) return this.#enumeration(inner, name);
    if (inner.const !== undefined) return PRIMITIVES[typeof inner.const] ?? "any";
    if (inner.type === "array") return this.#list(inner, name, direction);
    if (inner.type === "object") return this.#object(inner, name, direction);
    if (inner.type === "string" && inner.format === "date-time") return "time.Time";
    return (typeof inner.type === "string" && PRIMITIVES[inner.type]) || "any";
  }

  #list({ items, prefixItems }: Schema, name: string, direction: Direction): string {
    if (prefixItems?.[0]) {
      return `[${prefixItems.length}]${this.typeOf(prefixItems[0], `${name}Item`, direction)}`;
    }
    if (!items) return "[]any";
    const { isNullable } = withoutNull(items);
    return `[]${isNullable ? "*" : ""}${this.typeOf(items, `${name}Item`, direction)}`;
  }

  #object(schema: Schema, name: string, direction: Direction): string {
    const { properties, additionalProperties: values } = schema;
    if (properties === undefined || Object.keys(properties).length === 0) {
      return `map[string]${typeof values === "object" ? this.typeOf(values, `${name}Value`, direction) : "any"}`;
    }
    const required = new Set(schema.required);
    const fields = Object.entries(properties).map(([key, property]) =>
      this.#field({ key, property, parent: name, isRequired: required.has(key), direction }),
    );
    return this.#add(name, schema, `struct {\n${fields.join("\n")}\n}`);
  }

  #field(field: {
    key: string;
    property: Schema;
    parent: string;
    isRequired: boolean;
    direction: Direction;
  }): string {
    const { key, property, parent, isRequired, direction } = field;
    const { schema, isNullable } = withoutNull(property);
    const name = goName(key);
    const type = this.typeOf(schema, parent + name, direction);
    const comment = property.description ?? schema.description;
    const tag = `\`json:"${key}${isRequired ? "" : ",omitempty"}"\``;
    const code = `${name} ${fieldType(type, { isRequired, isNullable, direction })} ${tag}`;
    return comment === undefined ? code : `${goComment(name, comment)}\n${code}`;
  }

  /** A union of objects is one struct with the fields of all of them; any other union has no type in Go. */
  #union(alternatives: Schema[], name: string, direction: Direction): string {
    const types = new Set(
      alternatives.map((schema) => (schema.type === "string" ? "string" : (schema.type ?? "any"))),
    );
    if (types.size === 1 && types.has("string")) return "string";
    if (types.size !== 1 || !types.has("object") || alternatives.some(({ properties }) => !properties))
      return "any";
    const properties: Record<string, Schema> = {};
    for (const alternative of alternatives) {
      for (const [key, property] of Object.entries(alternative.properties ?? {})) {
        properties[key] = merged(properties[key], property);
      }
    }
    const required = Object.keys(properties).filter((key) =>
      alternatives.every((alternative) => alternative.required?.includes(key)),
    );
    return this.#object({ type: "object", properties, required }, name, direction);
  }

  #enumeration(schema: Schema, name: string): string {
    const values = (schema.enum ?? []).map(String).filter((value) => value !== "");
    const constants = values.map((value) => `${name}${goName(value)} ${name} = ${JSON.stringify(value)}`);
    const block = `\n\nconst (\n${constants.join("\n")}\n)`;
    return this.#add(name, schema, `string${block}`);
  }

  #add(name: string, { description }: Schema, definition: string): string {
    const comment = description === undefined ? "" : `${goComment(name, description)}\n`;
    const code = `${comment}type ${name} ${definition}\n`;
    const known = this.#declarations.get(name);
    if (known !== undefined && known !== code) throw new Error(`Two schemas want to be the Go type ${name}.`);
    this.#declarations.set(name, code);
    return name;
  }
}

/** Maps and lists are nil without a value; everything else needs a pointer to say so. */
function fieldType(
  type: string,
  { isRequired, isNullable, direction }: { isRequired: boolean; isNullable: boolean; direction: Direction },
): string {
  if (type === "any") return type;
  if (direction === "request" && !isRequired) return isNullable ? `*Nullable[${type}]` : `*${type}`;
  const isNilable = type.startsWith("[]") || type.startsWith("map[");
  return (isNullable || !isRequired) && !isNilable ? `*${type}` : type;
}

function withoutNull(schema: Schema): { schema: Schema; isNullable: boolean } {
  const alternatives = schema.anyOf ?? schema.oneOf;
  const rest = alternatives?.filter(({ type }) => type !== "null");
  if (alternatives && rest && rest.length < alternatives.length) {
    const [only = {}] = rest;
    return { schema: rest.length === 1 ? only : { anyOf: rest }, isNullable: true };
  }
  if (!Array.isArray(schema.type)) return { schema, isNullable: false };
  const names = schema.type.filter((name) => name !== "null");
  const type = names.length === 1 ? names[0] : undefined;
  const { type: _, ...others } = schema;
  return {
    schema: type === undefined ? others : { ...others, type },
    isNullable: names.length < schema.type.length,
  };
}

/** A field of two alternatives: of the same type, or of any. */
function merged(one: Schema | undefined, other: Schema): Schema {
  if (one === undefined || JSON.stringify(one) === JSON.stringify(other)) return other;
  const [left, right] = [withoutNull(one), withoutNull(other)];
  const isNullable = left.isNullable || right.isNullable;
  if (JSON.stringify(left.schema) === JSON.stringify(right.schema)) {
    return isNullable ? { anyOf: [left.schema, { type: "null" }] } : left.schema;
  }
  const type = (schema: Schema) => (schema.const === undefined ? schema.type : typeof schema.const);
  if (typeof type(left.schema) !== "string" || type(left.schema) !== type(right.schema)) return {};
  const simple: Schema = { type: type(left.schema) ?? "string" };
  return isNullable ? { anyOf: [simple, { type: "null" }] } : simple;
}
