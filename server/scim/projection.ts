/** Attributes that every response has (RFC 7643, 7: returned `always`). */
const ALWAYS = ["id", "schemas"];
const URN = /^urn:ietf:params:scim:schemas:core:2\.0:(user|group):/;

/** Which attributes a response has (RFC 7644, 3.9): `attributes` and `excludedAttributes` of the query. */
export interface Projection {
  only: string[] | null;
  without: string[];
}

/** Reads the projection of a query. */
export function projectionOf(query: URLSearchParams): Projection {
  const listed = (name: string) => {
    const value = query.get(name);
    return value === null || value === ""
      ? null
      : value.split(",").map((path) => path.trim().toLowerCase().replace(URN, ""));
  };
  return { only: listed("attributes"), without: listed("excludedAttributes") ?? [] };
}

/** Whether a response has the attribute. */
export function includes({ only, without }: Projection, attribute: string): boolean {
  const name = attribute.toLowerCase();
  if (ALWAYS.includes(name)) return true;
  if (only !== null) return only.some((path) => path === name || path.startsWith(`${name}.`));
  return !without.includes(name);
}

/** A resource with the attributes of the projection. A part of an attribute, such as `name.givenName`, counts as all of it. */
export function project(resource: object, projection: Projection): object {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => includes(projection, name)));
}
