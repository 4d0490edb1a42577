export { exchangeToken as POST } from "#server/access-tokens.ts";
