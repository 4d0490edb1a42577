import { serveScim } from "#server/scim/serve.ts";

const handle = (request: Request) => serveScim(request);

export { handle as DELETE, handle as GET, handle as HEAD, handle as PATCH, handle as POST, handle as PUT };
