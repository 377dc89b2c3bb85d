package spec

// Job is a program that runs to its end.
type Job struct {
	Pod
	Run
	Suspend *bool `json:"suspend,omitempty"`
}

// CronJob is a program that runs again and again.
type CronJob struct {
	Pod
	Run
	Schedule                   string `json:"schedule"`
	TimeZone                   string `json:"timeZone,omitempty"`
	ConcurrencyPolicy          string `json:"concurrencyPolicy"`
	Suspend                    bool   `json:"suspend"`
	StartingDeadlineSeconds    *int   `json:"startingDeadlineSeconds,omitempty"`
	SuccessfulJobsHistoryLimit *int   `json:"successfulJobsHistoryLimit,omitempty"`
	FailedJobsHistoryLimit     *int   `json:"failedJobsHistoryLimit,omitempty"`
}

// Run is how a program runs to its end.
type Run struct {
	Completions             *int   `json:"completions,omitempty"`
	Parallelism             *int   `json:"parallelism,omitempty"`
	CompletionMode          string `json:"completionMode"`
	BackoffLimit            *int   `json:"backoffLimit,omitempty"`
	ActiveDeadlineSeconds   *int   `json:"activeDeadlineSeconds,omitempty"`
	TTLSecondsAfterFinished *int   `json:"ttlSecondsAfterFinished,omitempty"`
	RestartPolicy           string `json:"restartPolicy"`
}

// Indexed is the completion mode that gives each pod a number.
const Indexed = "Indexed"
