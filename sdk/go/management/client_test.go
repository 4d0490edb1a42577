package management_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/latchkey/latchkey/sdk/go/internal/deployment"
	"github.com/latchkey/latchkey/sdk/go/management"
)

func newClient(t *testing.T, url, token string) *management.Client {
	t.Helper()
	client, err := management.New(management.Options{URL: url, Token: token})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestAKeyIsCreatedListedChangedAndRevoked(t *testing.T) {
	running := deployment.Get(t)
	client := newClient(t, running.PortalURL+"/", running.ManagementToken)
	ctx := context.Background()
	body := management.PostProjectsByProjectIDKeysBody{
		Name:        "from the Go SDK",
		Environment: management.PostProjectsByProjectIDKeysBodyEnvironmentTest,
		ExpiresAt:   management.SetNullable(time.Now().Add(time.Hour).UTC().Format(time.RFC3339)),
	}
	created, err := client.PostProjectsByProjectIDKeys(ctx, running.ProjectID, body, management.IdempotencyKey("go-1"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(created.Secret, "lk_test_") || created.Key.ExpiresAt == nil {
		t.Errorf("created %+v", created.Key)
	}
	again, err := client.PostProjectsByProjectIDKeys(ctx, running.ProjectID, body, management.IdempotencyKey("go-1"))
	if err != nil || again.Key.ID != created.Key.ID {
		t.Errorf("the repeated request created %+v, %v", again, err)
	}
	names := map[string]bool{}
	err = management.Each(func(cursor *string) ([]management.Key, *string, error) {
		query := management.GetProjectsByProjectIDKeysQuery{Cursor: cursor, Limit: management.Set[int64](2)}
		page, err := client.GetProjectsByProjectIDKeys(ctx, running.ProjectID, query)
		if err != nil {
			return nil, nil, err
		}
		return page.Items, page.NextCursor, nil
	}, func(key management.Key) error {
		names[key.ID] = true
		return nil
	})
	if err != nil || len(names) < 5 || !names[created.Key.ID] {
		t.Errorf("listed %v, %v", names, err)
	}
	changed, err := client.PatchProjectsByProjectIDKeysByKeyID(ctx, running.ProjectID, created.Key.ID,
		management.PatchProjectsByProjectIDKeysByKeyIDBody{ExpiresAt: management.Null[string]()})
	if err != nil || changed.ExpiresAt != nil || changed.Name != "from the Go SDK" {
		t.Errorf("changed to %+v, %v", changed, err)
	}
	revoked, err := client.DeleteProjectsByProjectIDKeysByKeyID(ctx, running.ProjectID, created.Key.ID)
	if err != nil || revoked.Status != management.KeyStatusRevoked {
		t.Errorf("revoked %+v, %v", revoked, err)
	}
}

func TestAnErrorIsAProblem(t *testing.T) {
	running := deployment.Get(t)
	client := newClient(t, running.PortalURL, running.ManagementToken)
	for _, id := range []string{"prj_unknown", "a/b?c"} {
		_, err := client.GetProjectsByProjectID(context.Background(), id)
		var problem *management.ProblemError
		if !errors.As(err, &problem) || problem.StatusCode != 404 {
			t.Errorf("%q: the error is %v", id, err)
		}
	}
	_, err := client.PostProjectsByProjectIDKeys(context.Background(), running.ProjectID,
		management.PostProjectsByProjectIDKeysBody{Environment: "neither"})
	var problem *management.ProblemError
	if !errors.As(err, &problem) || problem.StatusCode != 400 || !strings.Contains(err.Error(), "environment: ") {
		t.Errorf("the error is %v", err)
	}
}

func TestTheAuditLogIsStreamed(t *testing.T) {
	running := deployment.Get(t)
	client := newClient(t, running.PortalURL, running.ManagementToken)
	log, err := client.GetProjectsByProjectIDAuditExport(context.Background(), running.ProjectID,
		management.GetProjectsByProjectIDAuditExportQuery{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	line, err := bufio.NewReader(log).ReadBytes('\n')
	if err != nil || !json.Valid(line) {
		t.Errorf("the first line is %q, %v", line, err)
	}
}

func TestOnlyFieldsThatAreSetAreSent(t *testing.T) {
	var target, sent string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		target, sent = r.RequestURI, string(body)
		w.WriteHeader(http.StatusBadGateway)
	}))
	defer server.Close()
	client := newClient(t, server.URL, "lk_mgt_test")
	_, err := client.PatchProjectsByProjectIDKeysByKeyID(context.Background(), "p?q", "a/b",
		management.PatchProjectsByProjectIDKeysByKeyIDBody{ExpiresAt: management.Null[string]()})
	var problem *management.ProblemError
	if !errors.As(err, &problem) || problem.StatusCode != 502 || problem.Problem.Title != "Bad Gateway" {
		t.Errorf("the error is %v", err)
	}
	if target != "/api/v1/projects/p%3Fq/keys/a%2Fb" || sent != `{"expiresAt":null}` {
		t.Errorf("sent %s to %s", sent, target)
	}
	_, _ = client.GetProjectsByProjectIDKeys(context.Background(), "p",
		management.GetProjectsByProjectIDKeysQuery{
			Limit:    management.Set[int64](0),
			Q:        management.Set("a&b"),
			Metadata: management.Set(map[string]string{"metadata.team": "a"}),
		})
	if target != "/api/v1/projects/p/keys?limit=0&metadata.team=a&q=a%26b" {
		t.Errorf("asked %s", target)
	}
}

func TestTextsThatAreNoIDsAreNotSent(t *testing.T) {
	client := newClient(t, "http://portal.invalid", "lk_mgt_test")
	for _, id := range []string{"", ".", ".."} {
		err := client.DeleteProjectsByProjectID(context.Background(), id)
		if err == nil || !strings.Contains(err.Error(), "is no id") {
			t.Errorf("%q: the error is %v", id, err)
		}
	}
}

func TestOptionsThatCannotWorkAreRejected(t *testing.T) {
	for _, options := range []management.Options{
		{}, {URL: "portal", Token: "t"}, {URL: "ftp://portal", Token: "t"}, {URL: "https://portal"},
		{URL: "https://portal", Token: "lk_mgt_…"},
	} {
		if _, err := management.New(options); err == nil {
			t.Errorf("%+v is accepted", options)
		}
	}
}

func TestARedirectIsNotFollowedSoThatNoOtherServerGetsTheToken(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.RequestURI)
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	client := newClient(t, server.URL, "lk_mgt_test")
	err := client.DeleteProjectsByProjectID(context.Background(), "p")
	if err == nil || !strings.Contains(err.Error(), "Redirects are not followed") || len(asked) != 1 {
		t.Errorf("asked %v: the error is %v", asked, err)
	}
}

func TestAnAnswerWithoutEndIsNotReadToItsEnd(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		chunk := bytes.Repeat([]byte(" "), 1<<20)
		for range 200 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	client := newClient(t, server.URL, "lk_mgt_test")
	_, err := client.GetProjectsByProjectID(context.Background(), "p")
	if err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("the error is %v", err)
	}
}
