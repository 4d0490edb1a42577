export { introspectToken as POST } from "#server/access-tokens.ts";
