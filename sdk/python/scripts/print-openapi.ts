import { portalDocument } from "../../../server/api/openapi.ts";

/** Prints the portal's OpenAPI document, from which `generate.py` makes the types of the management client. */
const EXAMPLE = { url: "https://keys.example.com", verifierUrl: "https://verify.example.com" };

console.log(JSON.stringify(portalDocument(EXAMPLE, "1")));
