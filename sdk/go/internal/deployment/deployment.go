// Package deployment describes the portal and the verifier of the tests.
package deployment

import (
	"encoding/json"
	"os"
	"testing"
)

// Deployment is what npm run test:sdk has started (test/sdk-deployment.ts).
type Deployment struct {
	VerifierURL     string `json:"verifierUrl"`
	PortalURL       string `json:"portalUrl"`
	ServiceToken    string `json:"serviceToken"`
	ManagementToken string `json:"managementToken"`
	ProjectID       string `json:"projectId"`
	Secrets         struct {
		Valid            string `json:"valid"`
		Revoked          string `json:"revoked"`
		RestrictedToIPs  string `json:"restrictedToIps"`
		RestrictedToList string `json:"restrictedToList"`
		Limited          string `json:"limited"`
	} `json:"secrets"`
}

// Get returns the running deployment, and fails the test without one.
func Get(t *testing.T) Deployment {
	t.Helper()
	text := os.Getenv("LATCHKEY_SDK_DEPLOYMENT")
	if text == "" {
		t.Fatal("Run these tests with npm run test:sdk go.")
	}
	var deployment Deployment
	if err := json.Unmarshal([]byte(text), &deployment); err != nil {
		t.Fatal(err)
	}
	return deployment
}
