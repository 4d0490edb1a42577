import { storable, storableJson } from "#core/text.ts";

interface BuiltColumn {
  mapToDriverValue(value: unknown): unknown;
  mapFromDriverValue(value: unknown): unknown;
}

/** A value's form in the database, where it is not the value itself. */
export interface StoredForm<T> {
  encode: (value: T) => unknown;
  decode: (stored: unknown) => T;
}

/** The column with `map` applied to every value sent to the database, in writes and comparisons. */
export function mapped<Builder>(builder: Builder, map: (value: unknown) => unknown): Builder {
  const internal = builder as unknown as { build(table: unknown): BuiltColumn };
  const build = internal.build.bind(builder);
  internal.build = (table) => Object.assign(build(table), { mapToDriverValue: map });
  return builder;
}

/** A JSON column. */
export function storedJson<T, Builder>(builder: Builder, form: StoredForm<T> | undefined): Builder {
  if (form === undefined) return mapped(builder, storableJson);
  const encoded = mapped(builder, (value) => storableJson(form.encode(value as T)));
  const internal = encoded as unknown as { build(table: unknown): BuiltColumn };
  const build = internal.build.bind(encoded);
  internal.build = (table) => {
    const column = build(table);
    const parse = column.mapFromDriverValue.bind(column);
    return Object.assign(column, { mapFromDriverValue: (value: unknown) => form.decode(parse(value)) });
  };
  return encoded;
}

/** Postgres rejects NUL, and neither database stores unpaired surrogates. Both store U+FFFD instead. */
export const storedText = (value: unknown) => (typeof value === "string" ? storable(value) : value);
