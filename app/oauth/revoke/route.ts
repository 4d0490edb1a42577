export { revokeToken as POST } from "#server/access-tokens.ts";
