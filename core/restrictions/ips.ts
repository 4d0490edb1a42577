import { type Address, formatAddress, parseAddress } from "./address.ts";
import { type BadReading, fault, type Notice, notice, type Reading } from "./reading.ts";

/** A network: all addresses of one family from `first` to `last`. */
interface Network {
  first: Address;
  last: Address;
  prefix: number;
}

/** Addresses that a list lets through. */
export interface IpSet {
  has(address: Address): boolean;
}

const BITS = { 4: 32, 6: 128 };
/** An IPv4 address in IPv6 clothes begins after so many bits. */
const MAPPED_BITS = 96;

/** Reads an address or network (contract, 5.1). */
export function readIp(text: string): Reading<string> {
  const read = readNetwork(text);
  if ("ok" in read) return read;
  const { network, address, mapped } = read;
  const notices: Notice[] = [];
  if (formatAddress(network.first) !== formatAddress(address)) notices.push(notice("ip-host-bits"));
  if (mapped) notices.push(notice("ip-mapped"));
  if (isPrivate(network)) notices.push(notice("ip-private"));
  const canonical = formatNetwork(network);
  return { ok: true, entry: canonical, text: canonical, meaning: meaningOf(network), notices };
}

/** The network that an entry is, with the address that it was written with. */
function readNetwork(text: string): { network: Network; address: Address; mapped: boolean } | BadReading {
  const slash = text.indexOf("/");
  const host = slash === -1 ? text : text.slice(0, slash);
  const address = parseAddress(host);
  if (address === null) return faultOf(text, host);
  const mapped = address.family === 4 && host.includes(":");
  const bits = BITS[address.family];
  const prefix = slash === -1 ? bits : readPrefix(text.slice(slash + 1), mapped);
  if (typeof prefix !== "number") return prefix;
  if (prefix > bits) return fault("prefix-too-long");
  if (prefix === 0) return fault("prefix-everything");
  return { network: networkOf(address, prefix), address, mapped };
}

/** The addresses of a list in canonical form, as sorted ranges: a look-up costs the same for ten as for a thousand. */
export function compileIps(entries: readonly string[]): IpSet {
  const networks = entries.map(parseNetwork);
  const ipv4 = new Ranges(
    networks.flatMap((n) =>
      n.first.family === 4 && n.last.family === 4 ? [[n.first.value, n.last.value] as const] : [],
    ),
  );
  const ipv6 = new Ranges(
    networks.flatMap((n) =>
      n.first.family === 6 && n.last.family === 6 ? [[n.first.value, n.last.value] as const] : [],
    ),
  );
  return { has: (address) => (address.family === 4 ? ipv4.has(address.value) : ipv6.has(address.value)) };
}

/** Ranges without overlaps, in order. */
class Ranges<Value extends number | string> {
  readonly #first: Value[] = [];
  readonly #last: Value[] = [];

  constructor(ranges: (readonly [first: Value, last: Value])[]) {
    for (const [first, last] of ranges.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
      const before = this.#last.at(-1);
      if (before === undefined || before < first) {
        this.#first.push(first);
        this.#last.push(last);
      } else if (before < last) this.#last[this.#last.length - 1] = last;
    }
  }

  has(value: Value): boolean {
    let [low, high] = [0, this.#first.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#first[middle] as Value) <= value) low = middle + 1;
      else high = middle;
    }
    const last = this.#last[low - 1];
    return last !== undefined && value <= last;
  }
}

function parseNetwork(entry: string): Network {
  const read = readNetwork(entry);
  if ("ok" in read) throw new RangeError("not an address or network");
  return read.network;
}

function networkOf(address: Address, prefix: number): Network {
  if (address.family === 4) {
    const size = 2 ** (32 - prefix);
    const first = Math.floor(address.value / size) * size;
    return { first: { family: 4, value: first }, last: { family: 4, value: first + size - 1 }, prefix };
  }
  let [first, last] = ["", ""];
  for (let group = 0; group < 8; group++) {
    const kept = Math.min(16, Math.max(0, prefix - group * 16));
    const free = 0xffff >>> kept;
    const value = address.value.charCodeAt(group);
    first += String.fromCharCode(value & ~free);
    last += String.fromCharCode(value | free);
  }
  return { first: { family: 6, value: first }, last: { family: 6, value: last }, prefix };
}

function formatNetwork({ first, prefix }: Network): string {
  const host = formatAddress(first);
  return prefix === BITS[first.family] ? host : `${host}/${prefix}`;
}

function meaningOf({ first, last, prefix }: Network): string {
  const [from, to] = [formatAddress(first), formatAddress(last)];
  if (from === to) return `The one address ${from}.`;
  const free = BITS[first.family] - prefix;
  const count = free <= 32 ? `${(2 ** free).toLocaleString("en")} addresses` : `A /${prefix} network`;
  return `${count}, from ${from} to ${to}.`;
}

function readPrefix(text: string, mapped: boolean): number | BadReading {
  if (!/^(0|[1-9]\d{0,2})$/.test(text)) return fault("prefix-unreadable");
  const prefix = Number(text);
  if (!mapped) return prefix;
  if (prefix > 128) return fault("prefix-too-long");
  return prefix < MAPPED_BITS ? fault("prefix-mixed") : prefix - MAPPED_BITS;
}

const PRIVATE = compileIps([
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "100.64.0.0/10",
  "::1",
  "fc00::/7",
  "fe80::/10",
]);

function isPrivate({ first, last }: Network): boolean {
  return PRIVATE.has(first) && PRIVATE.has(last);
}

/** What is wrong with an address that can't be read, as exactly as can be told. */
function faultOf(text: string, host: string) {
  if (text === "") return fault("ip-empty");
  if (/\s/u.test(text)) return fault("ip-space", readable(text.replace(/^\s+|\s+$/gu, ""), text));
  if (host.includes("%")) return fault("ip-zone", readable(host.slice(0, host.indexOf("%"))));
  const bracketed = /^\[(.*)\](?::\d*)?$/.exec(host);
  if (bracketed) return fault("ip-port", readable(bracketed[1] ?? ""));
  const port = /^([\d.]+):\d*$/.exec(host);
  if (port) return fault("ip-port", readable(port[1] ?? ""));
  const star = /^(?:\d{1,3}\.){1,3}\*(?:\.\*)*$/.exec(host);
  if (star) {
    const kept = host.split(".").filter((part) => part !== "*");
    const zeros = Array.from({ length: 4 - kept.length }, () => "0");
    return fault("ip-star", readable(`${[...kept, ...zeros].join(".")}/${kept.length * 8}`));
  }
  if (/[-–]/.test(host) && /^[\d.:a-f–-]+$/i.test(host)) return fault("ip-range");
  // Short, octal, decimal and hexadecimal forms: what they mean depends on who reads them.
  if (/^(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){0,3}$/i.test(host)) return fault("ip-short");
  if (/^[\p{L}\d-]+(\.[\p{L}\d-]+)*\.?$/u.test(host)) return fault("ip-name");
  return fault("ip-unreadable");
}

/** What is left of a text as a suggestion, if it can be saved. */
function readable(text: string, from = ""): string[] {
  if (text === from) return [];
  const reading = readIp(text);
  return reading.ok ? [reading.text] : [];
}
