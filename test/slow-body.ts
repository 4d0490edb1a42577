/** A JSON body that arrives only after `meanwhile`. */
export function slowBody(
  body: object,
  meanwhile: () => Promise<unknown>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        await meanwhile();
        controller.enqueue(new TextEncoder().encode(JSON.stringify(body)));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
