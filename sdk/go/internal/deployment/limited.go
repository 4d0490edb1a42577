package deployment

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// NewLimitedKey creates a key with one request a day, which no other test uses, and returns its secret.
func (d Deployment) NewLimitedKey(t *testing.T) string {
	t.Helper()
	body := `{"name":"limited for Go","environment":"live","limits":{"quota":{"limit":1,"period":"day"}}}`
	url := fmt.Sprintf("%s/api/v1/projects/%s/keys", d.PortalURL, d.ProjectID)
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+d.ManagementToken)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var created struct{ Secret string }
	if err := json.NewDecoder(response.Body).Decode(&created); err != nil || created.Secret == "" {
		t.Fatalf("status %d: %v", response.StatusCode, err)
	}
	return created.Secret
}
