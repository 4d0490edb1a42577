/** The values of `scimType` that are used here (RFC 7644, 3.12). */
export type ScimType =
  | "invalidFilter"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue";

/** A request that SCIM rejects. The message goes to the identity provider's log. */
export class ScimError extends Error {
  override readonly name = "ScimError";
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, message: string, scimType?: ScimType) {
    super(message);
    this.status = status;
    this.scimType = scimType;
  }
}

/** A value that can't be stored. */
export function invalidValue(message: string): ScimError {
  return new ScimError(400, message, "invalidValue");
}

/** Another resource has the value already. */
export function uniquenessError(message: string): ScimError {
  return new ScimError(409, message, "uniqueness");
}

/** No such resource, or SCIM does not manage it. */
export function unknownResource(kind: "User" | "Group"): ScimError {
  return new ScimError(404, `There is no such ${kind}.`);
}
