package latchkey

import "time"

// moment is a moment by both clocks of the machine.
type moment struct {
	// steady has a monotonic clock reading, which never jumps, and may stop while the machine sleeps.
	steady time.Time
	// wall has none: it goes on while the machine sleeps, and can be set.
	wall time.Time
}

func currentMoment() moment {
	now := time.Now()
	return moment{steady: now, wall: now.Round(0)}
}

// since is how long ago an earlier moment was: the longer time if the clocks disagree. Then the machine slept, or a clock
// was set, and what is remembered must not look newer than it is.
func (m moment) since(earlier moment) time.Duration {
	return max(m.steady.Sub(earlier.steady), m.wall.Sub(earlier.wall))
}

func (m moment) add(duration time.Duration) moment {
	return moment{steady: m.steady.Add(duration), wall: m.wall.Add(duration)}
}
