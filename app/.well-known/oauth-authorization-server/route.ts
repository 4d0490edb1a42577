export { authorizationServer as GET } from "#server/access-tokens.ts";
