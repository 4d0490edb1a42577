package latchkey

import "time"

// revocation is an entry of GET /api/v1/revocations.
type revocation struct {
	subject
	// IssuedBefore is nil for all tokens.
	IssuedBefore *time.Time `json:"issuedBefore"`
	Until        time.Time  `json:"until"`
}

// clockStep: a verifier's clock that falls back by more than this was ahead before. A slow answer explains less.
const clockStep = 5 * time.Second

// subject is whose tokens an entry is about.
type subject struct {
	KeyID     string `json:"keyId"`
	SecretID  string `json:"secretId"`
	ProjectID string `json:"projectId"`
	ID        string `json:"jti"`
}

type revocationsAnswer struct {
	Complete bool      `json:"complete"`
	Cursor   string    `json:"cursor"`
	More     bool      `json:"more"`
	AsOf     time.Time `json:"asOf"`
	// LagMs is how old AsOf was when this was answered.
	LagMs   int64        `json:"lagMs"`
	Entries []revocation `json:"entries"`
}

// revocations is the list of revocations, and how old it is.
type revocations struct {
	entries map[subject]revocation
	// incoming is a complete list of which more pages are to come; nil if there is none.
	incoming map[subject]revocation
	// cursor is where the next request goes on; empty to read all.
	cursor string
	// confirmedAt: all revocations before this moment are known.
	confirmedAt moment
	// answeredAt was the verifier's time, or a little before, at receivedAt.
	answeredAt time.Time
	receivedAt moment
}

// serverTime is the verifier's time now, or earlier: by as much as the machine slept since the last answer.
func (r *revocations) serverTime(now moment) time.Time {
	return r.answeredAt.Add(now.steady.Sub(r.receivedAt.steady))
}

// apply takes over the answer to a request that was sent and received at these moments.
func (r *revocations) apply(answer revocationsAnswer, sentAt, receivedAt moment) {
	if answer.Complete || r.entries == nil {
		r.incoming = map[subject]revocation{}
	}
	isComplete := r.incoming != nil
	target := r.entries
	if isComplete {
		target = r.incoming
	}
	for _, entry := range answer.Entries {
		target[entry.subject] = entry
	}
	r.cursor = answer.Cursor
	if answer.More {
		return
	}
	r.entries, r.incoming = target, nil
	lag := time.Duration(answer.LagMs) * time.Millisecond
	// Not AsOf: entries that were over by the time of the answer are not listed.
	answeredAt := answer.AsOf.Add(lag)
	known := r.serverTime(receivedAt)
	if !isComplete && answeredAt.Before(known.Add(-clockStep)) {
		// The verifier's clock was ahead, and entries were forgotten too early: all of them are read again.
		r.cursor = ""
		return
	}
	r.confirmedAt = sentAt.add(-lag)
	if isComplete || answeredAt.After(known) {
		r.answeredAt, r.receivedAt = answeredAt, receivedAt
	}
	now := r.serverTime(receivedAt)
	for about, entry := range r.entries {
		if entry.Until.Before(now) {
			delete(r.entries, about)
		}
	}
}

// has says whether a token with these claims is revoked.
func (r *revocations) has(claims *AccessTokenClaims) bool {
	for _, about := range []subject{
		{KeyID: claims.Subject},
		{KeyID: claims.Subject, SecretID: claims.Latchkey.Secret},
		{ProjectID: claims.Latchkey.Project},
		{ID: claims.ID},
	} {
		entry, found := r.entries[about]
		if found && (entry.IssuedBefore == nil || time.Unix(claims.IssuedAt, 0).Before(*entry.IssuedBefore)) {
			return true
		}
	}
	return false
}
