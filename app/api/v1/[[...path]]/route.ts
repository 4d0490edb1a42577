import { API_ROUTES } from "#server/api/routes/index.ts";
import { serveApi } from "#server/api/serve.ts";

const handle = (request: Request) => serveApi(API_ROUTES, request);

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
