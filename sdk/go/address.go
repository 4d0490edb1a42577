package latchkey

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// networks are the addresses of the service's own proxies.
type networks []netip.Prefix

func (n networks) contains(address netip.Addr) bool {
	for _, network := range n {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

var prefixLength = regexp.MustCompile(`^(0|[1-9]\d{0,2})$`)

// mappedBits is the prefix length of IPv4-mapped IPv6 addresses (RFC 4291, section 2.5.5.2).
const mappedBits = 96

func parseNetworks(entries []string) (networks, error) {
	var parsed networks
	for _, entry := range entries {
		network, err := parseNetwork(entry)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, network)
	}
	return parsed, nil
}

// parseNetwork parses an address or a network in CIDR notation (RFC 4632, RFC 4291). All addresses at once are no
// network of proxies: every caller could write its own address.
func parseNetwork(entry string) (netip.Prefix, error) {
	invalid := fmt.Errorf("latchkey: trusted proxy %q is not an IP address or network", entry)
	host, suffix, hasSuffix := strings.Cut(entry, "/")
	address, ok := parseAddress(host)
	if !ok {
		return netip.Prefix{}, invalid
	}
	bits := address.BitLen()
	if hasSuffix {
		if !prefixLength.MatchString(suffix) {
			return netip.Prefix{}, invalid
		}
		bits, _ = strconv.Atoi(suffix)
		if address.Is4() && strings.Contains(host, ":") {
			bits -= mappedBits
		}
	}
	network, err := address.Prefix(bits)
	if err != nil || bits == 0 {
		return netip.Prefix{}, invalid
	}
	return network, nil
}

// longGroup is what net/netip of Go 1.22 accepts in an IPv6 address, unlike RFC 4291 (leading zeros beyond four digits).
var longGroup = regexp.MustCompile(`[0-9A-Fa-f]{5}`)

// parseAddress parses an address without port, zone or short forms (RFC 6943). An IPv4-mapped IPv6 address becomes
// IPv4.
func parseAddress(text string) (netip.Addr, bool) {
	address, err := netip.ParseAddr(text)
	if err != nil || address.Zone() != "" || longGroup.MatchString(text) {
		return netip.Addr{}, false
	}
	return address.Unmap(), true
}

var port = regexp.MustCompile(`^:\d{1,5}$`)

// parseClientIP parses an address as a proxy writes it: a.b.c.d, a.b.c.d:port, IPv6 or [IPv6]:port. The port is ignored.
func parseClientIP(text string) (netip.Addr, bool) {
	if inside, isBracketed := strings.CutPrefix(text, "["); isBracketed {
		host, rest, isClosed := strings.Cut(inside, "]")
		if !isClosed || !strings.Contains(host, ":") || !isPortOrNone(rest) {
			return netip.Addr{}, false
		}
		return parseAddress(host)
	}
	if at := strings.IndexByte(text, ':'); at > 0 && at == strings.LastIndexByte(text, ':') {
		if !isPortOrNone(text[at:]) {
			return netip.Addr{}, false
		}
		return parseAddress(text[:at])
	}
	return parseAddress(text)
}

func isPortOrNone(text string) bool {
	if text == "" {
		return true
	}
	if !port.MatchString(text) {
		return false
	}
	number, err := strconv.Atoi(text[1:])
	return err == nil && number <= 65_535
}

// callerOf returns the caller's IP address: the rightmost entry of X-Forwarded-For that is not a trusted proxy, or the
// leftmost if all are. An entry that is not an address ends the search: nothing confirms the entries left of it. Empty
// list elements are ignored (RFC 9110, section 5.6.1.2).
func callerOf(forwardedFor string, trusted networks) string {
	leftmost := ""
	entries := strings.Split(forwardedFor, ",")
	for at := len(entries) - 1; at >= 0; at-- {
		entry := strings.TrimSpace(entries[at])
		if entry == "" {
			continue
		}
		address, ok := parseClientIP(entry)
		if !ok || !trusted.contains(address) {
			return entry
		}
		leftmost = entry
	}
	return leftmost
}
