import { originOf } from "../connection-options.ts";
import { ConfigurationError } from "../errors.ts";
import { readText } from "../read-body.ts";

/** The longest problem that is read, bytes. */
const MAX_PROBLEM_BYTES = 64 * 1_024;

/** Why the verifier at `url` answered without a stream. */
export async function failureOf(response: Response, url: string): Promise<Error> {
  const text = await readText(response, MAX_PROBLEM_BYTES);
  if (![401, 403, 404, 409].includes(response.status))
    return new Error(`The verifier at ${originOf(url)} answered ${response.status} instead of a stream.`);
  try {
    return new ConfigurationError(response.status, JSON.parse(text), originOf(url));
  } catch {
    return new ConfigurationError(response.status, {}, originOf(url));
  }
}
