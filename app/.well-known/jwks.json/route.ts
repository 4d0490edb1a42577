export { publishedKeys as GET } from "#server/access-tokens.ts";
