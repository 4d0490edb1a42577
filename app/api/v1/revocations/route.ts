export { readRevocations as GET } from "#server/access-tokens.ts";
