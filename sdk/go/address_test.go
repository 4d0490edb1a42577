package latchkey

import "testing"

func TestCallerOf(t *testing.T) {
	trusted, err := parseNetworks([]string{"10.0.0.0/8", "::1"})
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"198.51.100.7":                             "198.51.100.7",
		"6.6.6.6, 198.51.100.7":                    "198.51.100.7",
		"198.51.100.7, 10.1.2.3, 10.9.9.9":         "198.51.100.7",
		"6.6.6.6, 198.51.100.7:443, ::1, 10.0.0.1": "198.51.100.7:443",
		"10.0.0.3, 10.0.0.2":                       "10.0.0.3",
		"198.51.100.7, unknown, 10.0.0.1":          "unknown",
		"198.51.100.7, ":                           "198.51.100.7",
		", ,6.6.6.6 ,, 198.51.100.7 , ,10.0.0.1,":  "198.51.100.7",
		" , ,":                                 "",
		"":                                     "",
		"198.51.100.7, fe80::1%eth0, 10.0.0.1": "fe80::1%eth0",
		"198.51.100.7, [2001:db8::1]:443":      "[2001:db8::1]:443",
		"198.51.100.7, ::ffff:10.0.0.1":        "198.51.100.7",
		"198.51.100.7, ::ffff:a00:1, [::1]:80, [::1]": "198.51.100.7",
		"198.51.100.7, 010.0.0.1":                     "010.0.0.1",
		"198.51.100.7, 10.1":                          "10.1",
		"198.51.100.7, 10.0.0.1:99999":                "10.0.0.1:99999",
		"198.51.100.7, [10.0.0.1]":                    "[10.0.0.1]",
		"198.51.100.7, ::1%lo":                        "::1%lo",
		"198.51.100.7, 0:0:0:0:0:0:0:00001":           "0:0:0:0:0:0:0:00001",
	} {
		if caller := callerOf(header, trusted); caller != want {
			t.Errorf("the caller behind %q is %q, want %q", header, caller, want)
		}
	}
}

func TestTrustedProxiesThatAreNoNetworksAreRejected(t *testing.T) {
	for _, entry := range []string{
		"", "proxy", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/+8", "0.0.0.0/0", "::/0", "010.0.0.0/8", "10/8",
		"fe80::1%eth0", "::ffff:10.0.0.0/95", "::ffff:10.0.0.0/96", "10.0.0.1:80", "[::1]", " 10.0.0.1", "::1/129",
	} {
		if _, err := parseNetwork(entry); err == nil {
			t.Errorf("%q is accepted", entry)
		}
	}
	for entry, want := range map[string]string{
		"10.1.2.3/8":          "10.0.0.0/8",
		"10.0.0.1":            "10.0.0.1/32",
		"::ffff:10.0.0.0/104": "10.0.0.0/8",
		"2001:DB8:0:0::1/32":  "2001:db8::/32",
		"::1":                 "::1/128",
	} {
		if network, err := parseNetwork(entry); err != nil || network.String() != want {
			t.Errorf("%q is %v, %v, want %s", entry, network, err, want)
		}
	}
}
