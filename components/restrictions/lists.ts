/** The lists of rows that a draft is made of. Those of operations are one for each API: `op:badges`. */
export const ROW_LISTS = ["ips", "referrers", "android", "ios"] as const;
export type RowList = (typeof ROW_LISTS)[number] | `op:${string}`;

/** A row's texts, as they are typed: one, or package and certificate of an Android app. */
export type Fields = readonly string[];

/** As long as any entry may be that the server reads. */
export const FIELD_CHARACTERS = 2_000;

/** How the rows of a list are written. */
export interface RowShape {
  /** The label of each field; a row has as many. */
  fields: readonly { label: string; placeholder: string }[];
  /** "Add an address". */
  add: string;
}

const SHAPES: Record<(typeof ROW_LISTS)[number], RowShape> = {
  ips: {
    fields: [{ label: "Address or network", placeholder: "198.51.100.0/24" }],
    add: "Add an address",
  },
  referrers: { fields: [{ label: "Website", placeholder: "*.example.com" }], add: "Add a website" },
  android: {
    fields: [
      { label: "Android package", placeholder: "com.example.app" },
      { label: "SHA-1 of its certificate", placeholder: "DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:90:…" },
    ],
    add: "Add an Android app",
  },
  ios: { fields: [{ label: "iOS bundle id", placeholder: "com.example.app" }], add: "Add an iOS app" },
};

const OPERATION: RowShape = {
  fields: [{ label: "Operation or beginning", placeholder: "badges.*" }],
  add: "Add a beginning",
};

export function shapeOf(list: RowList): RowShape {
  return isOperations(list) ? OPERATION : SHAPES[list];
}

export function isOperations(list: RowList): list is `op:${string}` {
  return list.startsWith("op:");
}

export function operationsOf(api: string): `op:${string}` {
  return `op:${api}`;
}

/** What is left when what was pasted around a row's texts is gone. */
export function trimmed(fields: Fields): string[] {
  return fields.map((field) => field.trim());
}

export function isBlank(fields: Fields): boolean {
  return fields.every((field) => field.trim() === "");
}

/** An entry on one line, as suggestions and links write it, as the row's fields: `com.example.app@da39…`. */
export function fieldsOf(list: RowList, text: string): string[] {
  const { length } = shapeOf(list).fields;
  if (length === 1) return [text];
  const at = text.indexOf("@");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
