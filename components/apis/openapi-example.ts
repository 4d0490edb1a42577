/** A small document that works, for who has none at hand. */
export const OPENAPI_EXAMPLE = `openapi: 3.1.0
info:
  title: Badges
  description: Who earned which badge.
  version: "1"
servers:
  - url: https://badges.example.com
paths:
  /badges/{user}:
    get:
      operationId: badges.list
      summary: Badges of one user
`;
