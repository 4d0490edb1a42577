import { ConfigurationError } from "../errors.ts";
import { readText } from "../read-text.ts";

/** The longest problem that is read, bytes. */
const MAX_PROBLEM_BYTES = 64 * 1_024;

/** Why a verifier answered without a stream. */
export async function failureOf(response: Response): Promise<Error> {
  const text = await readText(response, MAX_PROBLEM_BYTES);
  if (![401, 403, 404, 409].includes(response.status))
    return new Error(`The verifier answered ${response.status} instead of a stream.`);
  try {
    return new ConfigurationError(response.status, JSON.parse(text));
  } catch {
    return new ConfigurationError(response.status, {});
  }
}
