// A service whose handlers run for valid API keys only.
package main

import (
	"cmp"
	"encoding/json"
	"log"
	"net/http"
	"os"

	latchkey "github.com/latchkey/latchkey/sdk/go"
)

func main() {
	client, err := latchkey.New(latchkey.Options{
		URLs:  []string{cmp.Or(os.Getenv("LATCHKEY_VERIFIER_URL"), "http://localhost:3001")},
		Token: os.Getenv("LATCHKEY_TOKEN"),
		API:   os.Getenv("LATCHKEY_API"),
	})
	if err != nil {
		log.Fatal(err)
	}
	guard, err := latchkey.NewGuard(client, latchkey.GuardOptions{})
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /badges", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		caller := latchkey.VerdictOf(r.Context()).Name
		if err := json.NewEncoder(w).Encode(map[string]string{"caller": caller}); err != nil {
			log.Print(err)
		}
	})
	log.Fatal(http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "8080"), guard.Middleware(mux)))
}
