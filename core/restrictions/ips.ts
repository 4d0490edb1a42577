import { type Address, formatAddress, parseAddress } from "./address.ts";
import {
  type BadReading,
  fault,
  type Notice,
  notice,
  notingInvisible,
  type Reading,
  visible,
} from "./reading.ts";

/** A network: all addresses of one family from `first` to `last`. */
interface Network {
  first: Address;
  last: Address;
  prefix: number;
}

const BITS = { 4: 32, 6: 128 };
/** An IPv4 address in IPv6 clothes begins after so many bits. */
const MAPPED_BITS = 96;

/** Reads an address or network (contract, 5.1). */
export function readIp(written: string): Reading<string> {
  return notingInvisible(readVisibleIp(visible(written)), written);
}

function readVisibleIp(text: string): Reading<string> {
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

/** The addresses of a list in canonical form. */
export function compileIps(entries: readonly string[]): IpSet {
  return new IpSet(entries.map(parseNetwork));
}

/** Are all addresses of one network in the other? Throws `RangeError` for an entry that can't be read. */
export function networkCovers(wide: string, narrow: string): boolean {
  const [{ first, last }, inner] = [parseNetwork(wide), parseNetwork(narrow)];
  // Of one family they compare as numbers do, and a last address is of its first one's.
  const isOneFamily = first.family === inner.first.family;
  return isOneFamily && first.value <= inner.first.value && inner.last.value <= last.value;
}

/** Addresses that a list lets through, as sorted ranges: a look-up costs the same for ten as for a thousand. */
export class IpSet {
  readonly #ipv4: number[];
  readonly #ipv6: string[];

  constructor(networks: readonly Network[]) {
    this.#ipv4 = boundsOf(
      networks.flatMap(({ first, last }) =>
        first.family === 4 && last.family === 4 ? [[first.value, last.value] as const] : [],
      ),
    );
    this.#ipv6 = boundsOf(
      networks.flatMap(({ first, last }) =>
        first.family === 6 && last.family === 6 ? [[first.value, last.value] as const] : [],
      ),
    );
  }

  has(address: Address): boolean {
    return address.family === 4 ? isWithin(this.#ipv4, address.value) : isWithin(this.#ipv6, address.value);
  }
}

/** First and last of each range in turn, in order and without overlaps: one list, for memory is slow. */
function boundsOf<Value extends number | string>(ranges: (readonly [first: Value, last: Value])[]): Value[] {
  const bounds: Value[] = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const before = bounds.at(-1);
    if (before === undefined || before < first) bounds.push(first, last);
    else if (before < last) bounds[bounds.length - 1] = last;
  }
  return bounds;
}

function isWithin<Value extends number | string>(bounds: readonly Value[], value: Value): boolean {
  let [low, high] = [0, bounds.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[2 * middle] as Value) <= value) low = middle + 1;
    else high = middle;
  }
  const last = bounds[2 * low - 1];
  return last !== undefined && value <= last;
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
  if (/[-–]/.test(host) && /^[\d.:a-f–-]+$/i.test(host)) return fault("ip-range", networksOfRange(host));
  // Short, octal, decimal and hexadecimal forms: what they mean depends on who reads them.
  if (/^(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){0,3}$/i.test(host)) return fault("ip-short");
  if (/^[\p{L}\d-]+(\.[\p{L}\d-]+)*\.?$/u.test(host)) return fault("ip-name");
  return fault("ip-unreadable", readable(text.replace(QUOTES_AROUND, ""), text));
}

/** What lists and mails put around an address. */
const QUOTES_AROUND = /^["'`\u2018-\u201f«»‹›]{1,3}|["'`\u2018-\u201f«»‹›,;]{1,3}$/g;

/** More networks than this are not a suggestion that somebody reads. */
const MAX_RANGE_NETWORKS = 16;

/** The networks that make up a range of IPv4 addresses, `198.51.100.0-198.51.100.255`; none where it has no end or too many. */
function networksOfRange(text: string): string[] {
  const [first, last, ...rest] = text.split(/[-–]/).map(parseAddress);
  if (rest.length > 0 || first?.family !== 4 || last?.family !== 4) return [];
  const networks: string[] = [];
  for (let at = first.value; at <= last.value; ) {
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 - 1 <= last.value) size *= 2;
    networks.push(
      formatNetwork({ ...networkOf({ family: 4, value: at }, 32), prefix: 32 - Math.log2(size) }),
    );
    at += size;
  }
  return networks.length <= MAX_RANGE_NETWORKS ? networks : [];
}

/** What is left of a text as a suggestion, if it can be saved. */
function readable(text: string, from = ""): string[] {
  if (text === from) return [];
  const reading = readIp(text);
  return reading.ok ? [reading.text] : [];
}
