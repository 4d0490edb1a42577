package latchkey

import "time"

// NewShiftedAccessTokenVerifier runs on a machine whose clocks are shifted, as after a sleep or after one was set.
func NewShiftedAccessTokenVerifier(
	options AccessTokenOptions, shifts func() (steady, wall time.Duration),
) (*AccessTokenVerifier, error) {
	return newAccessTokenVerifier(options, func() moment {
		now := currentMoment()
		steady, wall := shifts()
		return moment{steady: now.steady.Add(steady), wall: now.wall.Add(wall)}
	})
}
