import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A DNS server on a loopback port that answers every question for an address with the same one. */
export interface TestDns {
  port: number;
  /** Sets the IPv4 address of every name, with a TTL of one second. */
  pointTo(address: string): void;
  close(): void;
}

const TYPE_A = 1;

export async function startDns(first: string): Promise<TestDns> {
  let address = first;
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address: from }) => socket.send(answerTo(query, address), port, from));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    pointTo(next) {
      address = next;
    },
    close: () => socket.close(),
  };
}

/** RFC 1035, section 4: repeats the question, with one record for an A query. */
function answerTo(query: Buffer, address: string): Buffer {
  let end = 12;
  while (query[end] !== 0) end += (query[end] ?? 0) + 1;
  const question = query.subarray(12, end + 5);
  const isA = query.readUInt16BE(end + 1) === TYPE_A;
  const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, Number(isA), 0, 0, 0, 0]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split(".").map(Number)]);
  return Buffer.concat([header, question, ...(isA ? [record] : [])]);
}
