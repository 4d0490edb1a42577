// Code generated from the portal's OpenAPI document by sdk/go/scripts/generate.ts. DO NOT EDIT.

package management

import (
	"context"
	"io"
	"time"
)

type API struct {
	Slug          string    `json:"slug"`
	Name          string    `json:"name"`
	Description   string    `json:"description"`
	Access        APIAccess `json:"access"`
	AllowKeyInURL bool      `json:"allowKeyInUrl"`
	BaseURL       *string   `json:"baseUrl"`
	// BasePaths: From the servers of the document; requests below them match too.
	BasePaths []string `json:"basePaths"`
	// PathMatching: safe: a path that a common router could map to another operation matches no operation.
	PathMatching APIPathMatching `json:"pathMatching"`
	// Visibility: Who may see the API and its reference: everyone, signed-in users, or members of the projects in `visibleTo` and of those that enabled it.
	Visibility APIVisibility `json:"visibility"`
	// Scopes: The scopes that keys can be limited to, by name.
	Scopes     []APIScopesItem     `json:"scopes"`
	Operations []APIOperationsItem `json:"operations"`
	// OperationsCursor: Leads to the operations that don't fit into a response of 1 MiB; null if there are none.
	OperationsCursor *string   `json:"operationsCursor"`
	CreatedAt        time.Time `json:"createdAt"`
	UpdatedAt        time.Time `json:"updatedAt"`
}

type APIAccess string

const (
	APIAccessOpen     APIAccess = "open"
	APIAccessApproval APIAccess = "approval"
)

type APIOperationsItem struct {
	Name string `json:"name"`
	// OperationID: The document's `operationId` if it could not be the name.
	OperationID *string `json:"operationId"`
	Summary     *string `json:"summary"`
	Method      *string `json:"method"`
	Path        *string `json:"path"`
	// RequiredScopes: The scopes that a call needs: all of one of these lists. Null if it needs none.
	RequiredScopes [][]string `json:"requiredScopes"`
}

// APIPathMatching: safe: a path that a common router could map to another operation matches no operation.
type APIPathMatching string

const (
	APIPathMatchingSafe  APIPathMatching = "safe"
	APIPathMatchingExact APIPathMatching = "exact"
)

type APIScopesItem struct {
	Name         string `json:"name"`
	Description  string `json:"description"`
	FromDocument bool   `json:"fromDocument"`
}

// APIVisibility: Who may see the API and its reference: everyone, signed-in users, or members of the projects in `visibleTo` and of those that enabled it.
type APIVisibility string

const (
	APIVisibilityPublic   APIVisibility = "public"
	APIVisibilityMembers  APIVisibility = "members"
	APIVisibilityProjects APIVisibility = "projects"
)

type AdminKey struct {
	ID          string              `json:"id"`
	ProjectID   string              `json:"projectId"`
	Name        string              `json:"name"`
	Environment AdminKeyEnvironment `json:"environment"`
	Status      AdminKeyStatus      `json:"status"`
	Hint        string              `json:"hint"`
	CreatedAt   time.Time           `json:"createdAt"`
	CreatedBy   AdminKeyCreatedBy   `json:"createdBy"`
	ExpiresAt   *time.Time          `json:"expiresAt"`
	LastUsedAt  *time.Time          `json:"lastUsedAt"`
	RevokedAt   *time.Time          `json:"revokedAt"`
	// EndedBy: Who disabled or revoked the key. If not a `member`, only an administrator can enable or restore it; a rotation also enables a key that was disabled for a `leak`.
	EndedBy *AdminKeyEndedBy `json:"endedBy"`
	// Approval: Whether an owner approved the key. Null if no rule required that when it was created. A pending key can't be used.
	Approval        *AdminKeyApproval `json:"approval"`
	RestorableUntil *time.Time        `json:"restorableUntil"`
	Restrictions    Restrictions      `json:"restrictions"`
	Trial           *Restrictions     `json:"trial"`
	TrialSince      *time.Time        `json:"trialSince"`
	Limits          AdminKeyLimits    `json:"limits"`
	Metadata        map[string]any    `json:"metadata"`
	Description     string            `json:"description"`
	Tags            []string          `json:"tags"`
	ExternalID      *string           `json:"externalId"`
	Secrets         []Secret          `json:"secrets"`
	ProjectName     string            `json:"projectName"`
}

type AdminKeyApproval struct {
	Status AdminKeyApprovalStatus `json:"status"`
	// At: When it was requested, or decided on.
	At time.Time `json:"at"`
}

type AdminKeyApprovalStatus string

const (
	AdminKeyApprovalStatusPending  AdminKeyApprovalStatus = "pending"
	AdminKeyApprovalStatusApproved AdminKeyApprovalStatus = "approved"
	AdminKeyApprovalStatusRefused  AdminKeyApprovalStatus = "refused"
)

type AdminKeyCreatedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type AdminKeyEndedBy string

const (
	AdminKeyEndedByMember AdminKeyEndedBy = "member"
	AdminKeyEndedByLeak   AdminKeyEndedBy = "leak"
	AdminKeyEndedByPolicy AdminKeyEndedBy = "policy"
	AdminKeyEndedByAdmin  AdminKeyEndedBy = "admin"
)

type AdminKeyEnvironment string

const (
	AdminKeyEnvironmentLive AdminKeyEnvironment = "live"
	AdminKeyEnvironmentTest AdminKeyEnvironment = "test"
)

type AdminKeyLimits struct {
	Rate  *AdminKeyLimitsRate  `json:"rate"`
	Quota *AdminKeyLimitsQuota `json:"quota"`
}

type AdminKeyLimitsQuota struct {
	Limit  int64                     `json:"limit"`
	Period AdminKeyLimitsQuotaPeriod `json:"period"`
}

type AdminKeyLimitsQuotaPeriod string

const (
	AdminKeyLimitsQuotaPeriodDay   AdminKeyLimitsQuotaPeriod = "day"
	AdminKeyLimitsQuotaPeriodMonth AdminKeyLimitsQuotaPeriod = "month"
)

type AdminKeyLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type AdminKeyStatus string

const (
	AdminKeyStatusActive   AdminKeyStatus = "active"
	AdminKeyStatusDisabled AdminKeyStatus = "disabled"
	AdminKeyStatusExpired  AdminKeyStatus = "expired"
	AdminKeyStatusRevoked  AdminKeyStatus = "revoked"
)

type AdminManagementToken struct {
	ID           string                           `json:"id"`
	Name         string                           `json:"name"`
	Hint         string                           `json:"hint"`
	Scopes       []AdminManagementTokenScopesItem `json:"scopes"`
	AllowedIPs   []string                         `json:"allowedIps"`
	CreatedAt    time.Time                        `json:"createdAt"`
	ExpiresAt    *time.Time                       `json:"expiresAt"`
	Older        *AdminManagementTokenOlder       `json:"older"`
	LastUsedAt   *time.Time                       `json:"lastUsedAt"`
	LastUsedFrom *string                          `json:"lastUsedFrom"`
	RevokedAt    *time.Time                       `json:"revokedAt"`
	User         *AdminManagementTokenUser        `json:"user"`
	Project      *AdminManagementTokenProject     `json:"project"`
}

type AdminManagementTokenOlder struct {
	Hint       string     `json:"hint"`
	LapsesAt   time.Time  `json:"lapsesAt"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
}

type AdminManagementTokenProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type AdminManagementTokenScopesItem string

const (
	AdminManagementTokenScopesItemProjectsRead   AdminManagementTokenScopesItem = "projects:read"
	AdminManagementTokenScopesItemProjectsWrite  AdminManagementTokenScopesItem = "projects:write"
	AdminManagementTokenScopesItemMembersRead    AdminManagementTokenScopesItem = "members:read"
	AdminManagementTokenScopesItemMembersWrite   AdminManagementTokenScopesItem = "members:write"
	AdminManagementTokenScopesItemKeysRead       AdminManagementTokenScopesItem = "keys:read"
	AdminManagementTokenScopesItemKeysWrite      AdminManagementTokenScopesItem = "keys:write"
	AdminManagementTokenScopesItemUsageRead      AdminManagementTokenScopesItem = "usage:read"
	AdminManagementTokenScopesItemUsageWrite     AdminManagementTokenScopesItem = "usage:write"
	AdminManagementTokenScopesItemAuditRead      AdminManagementTokenScopesItem = "audit:read"
	AdminManagementTokenScopesItemAuditWrite     AdminManagementTokenScopesItem = "audit:write"
	AdminManagementTokenScopesItemCatalogueRead  AdminManagementTokenScopesItem = "catalogue:read"
	AdminManagementTokenScopesItemCatalogueWrite AdminManagementTokenScopesItem = "catalogue:write"
	AdminManagementTokenScopesItemAdminRead      AdminManagementTokenScopesItem = "admin:read"
	AdminManagementTokenScopesItemAdminWrite     AdminManagementTokenScopesItem = "admin:write"
)

type AdminManagementTokenUser struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type Alert struct {
	ID          string     `json:"id"`
	ProjectID   string     `json:"projectId"`
	Rule        AlertRule  `json:"rule"`
	Bell        bool       `json:"bell"`
	Mail        bool       `json:"mail"`
	Webhooks    bool       `json:"webhooks"`
	Enabled     bool       `json:"enabled"`
	CreatedAt   time.Time  `json:"createdAt"`
	LastFiredAt *time.Time `json:"lastFiredAt"`
}

type AlertRule struct {
	Kind    string `json:"kind"`
	Percent *int64 `json:"percent,omitempty"`
	// MinRequests: Fewer requests in the window never fire.
	MinRequests   *int64 `json:"minRequests,omitempty"`
	WindowMinutes *int64 `json:"windowMinutes,omitempty"`
	// Days: A key is used that was not used for so many days.
	Days *int64 `json:"days,omitempty"`
}

type AppliedKeyRules struct {
	Site    KeyRules  `json:"site"`
	Project *KeyRules `json:"project"`
}

type AuditRecord struct {
	ID        string             `json:"id"`
	At        time.Time          `json:"at"`
	Actor     AuditRecordActor   `json:"actor"`
	Via       string             `json:"via"`
	Address   *string            `json:"address"`
	Action    string             `json:"action"`
	ProjectID *string            `json:"projectId"`
	Subject   AuditRecordSubject `json:"subject"`
	Before    map[string]any     `json:"before"`
	After     map[string]any     `json:"after"`
}

type AuditRecordActor struct {
	ID   *string `json:"id"`
	Name string  `json:"name"`
}

type AuditRecordSubject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type BillingCustomer struct {
	ProjectID   string `json:"projectId"`
	ProjectName string `json:"projectName"`
	// Customer: The customer's id at Stripe, the subscription's external id at Lago, or the CloudEvents subject; null if nobody is billed.
	Customer *string `json:"customer"`
	Assigned bool    `json:"assigned"`
}

type BillingExport struct {
	ID            string                 `json:"id"`
	Name          string                 `json:"name"`
	Adapter       BillingExportAdapter   `json:"adapter"`
	URL           string                 `json:"url"`
	EventName     string                 `json:"eventName"`
	Source        string                 `json:"source"`
	HasSecret     bool                   `json:"hasSecret"`
	StartsAt      time.Time              `json:"startsAt"`
	CreatedAt     time.Time              `json:"createdAt"`
	CreatedBy     BillingExportCreatedBy `json:"createdBy"`
	Enabled       bool                   `json:"enabled"`
	ExportedUntil time.Time              `json:"exportedUntil"`
	// LagSeconds: How long usage of closed hours has waited to be sent, including usage before the export's former first hour and held usage that is sent again; 0 if nothing waits. Repeating acknowledged usage does not count.
	LagSeconds    int64 `json:"lagSeconds"`
	PendingEvents int64 `json:"pendingEvents"`
	// HeldEvents: Events that are not sent until someone acts.
	HeldEvents    int64                   `json:"heldEvents"`
	Replaying     bool                    `json:"replaying"`
	LastError     *BillingExportLastError `json:"lastError"`
	NextAttemptAt *time.Time              `json:"nextAttemptAt"`
	LastSuccessAt *time.Time              `json:"lastSuccessAt"`
	LastTest      *BillingExportLastTest  `json:"lastTest"`
}

type BillingExportAdapter string

const (
	BillingExportAdapterCloudevents BillingExportAdapter = "cloudevents"
	BillingExportAdapterStripe      BillingExportAdapter = "stripe"
	BillingExportAdapterLago        BillingExportAdapter = "lago"
)

type BillingExportCreatedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type BillingExportLastError struct {
	Time     time.Time `json:"time"`
	Message  string    `json:"message"`
	Failures int64     `json:"failures"`
}

type BillingExportLastTest struct {
	State   string    `json:"state"`
	Time    time.Time `json:"time"`
	Message *string   `json:"message,omitempty"`
}

type BillingReconciliation struct {
	From     time.Time                       `json:"from"`
	To       time.Time                       `json:"to"`
	Interval BillingReconciliationInterval   `json:"interval"`
	Rows     []BillingReconciliationRowsItem `json:"rows"`
	Total    BillingReconciliationTotal      `json:"total"`
}

type BillingReconciliationInterval string

const (
	BillingReconciliationIntervalHour BillingReconciliationInterval = "hour"
	BillingReconciliationIntervalDay  BillingReconciliationInterval = "day"
)

type BillingReconciliationRowsItem struct {
	// Usage: Allowed requests and their units, as the usage page counts them.
	Usage BillingReconciliationRowsItemUsage `json:"usage"`
	// Exported: In events, sent or not.
	Exported BillingReconciliationRowsItemExported `json:"exported"`
	// Acknowledged: In events that the receiver acknowledged, whatever became of a replay.
	Acknowledged BillingReconciliationRowsItemAcknowledged `json:"acknowledged"`
	// Held: In events that are held, including acknowledged ones that a replay repeats.
	Held BillingReconciliationRowsItemHeld `json:"held"`
	// NotBilled: In events of projects for which nobody is billed.
	NotBilled BillingReconciliationRowsItemNotBilled `json:"notBilled"`
	// Balanced: Whether the units acknowledged and the units not billed add up to the usage exactly.
	Balanced bool      `json:"balanced"`
	Start    time.Time `json:"start"`
}

// BillingReconciliationRowsItemAcknowledged: In events that the receiver acknowledged, whatever became of a replay.
type BillingReconciliationRowsItemAcknowledged struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationRowsItemExported: In events, sent or not.
type BillingReconciliationRowsItemExported struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationRowsItemHeld: In events that are held, including acknowledged ones that a replay repeats.
type BillingReconciliationRowsItemHeld struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationRowsItemNotBilled: In events of projects for which nobody is billed.
type BillingReconciliationRowsItemNotBilled struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationRowsItemUsage: Allowed requests and their units, as the usage page counts them.
type BillingReconciliationRowsItemUsage struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

type BillingReconciliationTotal struct {
	// Usage: Allowed requests and their units, as the usage page counts them.
	Usage BillingReconciliationTotalUsage `json:"usage"`
	// Exported: In events, sent or not.
	Exported BillingReconciliationTotalExported `json:"exported"`
	// Acknowledged: In events that the receiver acknowledged, whatever became of a replay.
	Acknowledged BillingReconciliationTotalAcknowledged `json:"acknowledged"`
	// Held: In events that are held, including acknowledged ones that a replay repeats.
	Held BillingReconciliationTotalHeld `json:"held"`
	// NotBilled: In events of projects for which nobody is billed.
	NotBilled BillingReconciliationTotalNotBilled `json:"notBilled"`
	// Balanced: Whether the units acknowledged and the units not billed add up to the usage exactly.
	Balanced bool `json:"balanced"`
}

// BillingReconciliationTotalAcknowledged: In events that the receiver acknowledged, whatever became of a replay.
type BillingReconciliationTotalAcknowledged struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationTotalExported: In events, sent or not.
type BillingReconciliationTotalExported struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationTotalHeld: In events that are held, including acknowledged ones that a replay repeats.
type BillingReconciliationTotalHeld struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationTotalNotBilled: In events of projects for which nobody is billed.
type BillingReconciliationTotalNotBilled struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

// BillingReconciliationTotalUsage: Allowed requests and their units, as the usage page counts them.
type BillingReconciliationTotalUsage struct {
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
}

type Changelog struct {
	Body      string     `json:"body"`
	UpdatedAt *time.Time `json:"updatedAt"`
}

type Customer struct {
	ExternalID string `json:"externalId"`
	// Keys: Its keys that are not revoked.
	Keys int64 `json:"keys"`
	// Active: Those of them that can be used.
	Active int64 `json:"active"`
	// LastUsedAt: The last use of any of its keys.
	LastUsedAt *time.Time `json:"lastUsedAt"`
}

type DeleteAdminKeysByKeyIDExemptionResponse struct {
	Ended bool `json:"ended"`
}

type DeleteAdminKeysByKeyIDRuleExemptionResponse struct {
	Ended bool `json:"ended"`
}

type DeletedProject struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"createdAt"`
	DeletedAt time.Time `json:"deletedAt"`
}

type Delivery struct {
	ID       string                 `json:"id"`
	Event    DeliveryEvent          `json:"event"`
	State    DeliveryState          `json:"state"`
	Time     time.Time              `json:"time"`
	NextAt   *time.Time             `json:"nextAt"`
	Attempts []DeliveryAttemptsItem `json:"attempts"`
}

type DeliveryAttemptsItem struct {
	Time   time.Time `json:"time"`
	Status *int64    `json:"status"`
	Error  *string   `json:"error"`
	TookMs float64   `json:"tookMs"`
}

type DeliveryEvent struct {
	ID    string            `json:"id"`
	Kind  DeliveryEventKind `json:"kind"`
	Title string            `json:"title"`
	Time  time.Time         `json:"time"`
}

type DeliveryEventKind string

const (
	DeliveryEventKindKeyCreated             DeliveryEventKind = "key.created"
	DeliveryEventKindKeyExpiring            DeliveryEventKind = "key.expiring"
	DeliveryEventKindKeyDisabled            DeliveryEventKind = "key.disabled"
	DeliveryEventKindKeyEnabled             DeliveryEventKind = "key.enabled"
	DeliveryEventKindKeyRevoked             DeliveryEventKind = "key.revoked"
	DeliveryEventKindKeyRestored            DeliveryEventKind = "key.restored"
	DeliveryEventKindKeyRotated             DeliveryEventKind = "key.rotated"
	DeliveryEventKindKeyUnused              DeliveryEventKind = "key.unused"
	DeliveryEventKindKeyRuleBroken          DeliveryEventKind = "key.rule-broken"
	DeliveryEventKindKeyExemptionEnding     DeliveryEventKind = "key.exemption-ending"
	DeliveryEventKindKeyApprovalRequested   DeliveryEventKind = "key.approval-requested"
	DeliveryEventKindKeyApproved            DeliveryEventKind = "key.approved"
	DeliveryEventKindKeyRefused             DeliveryEventKind = "key.refused"
	DeliveryEventKindKeySecretOld           DeliveryEventKind = "key.secret-old"
	DeliveryEventKindKeyLeaked              DeliveryEventKind = "key.leaked"
	DeliveryEventKindKeysCreated            DeliveryEventKind = "keys.created"
	DeliveryEventKindKeysRevoked            DeliveryEventKind = "keys.revoked"
	DeliveryEventKindKeysDisabled           DeliveryEventKind = "keys.disabled"
	DeliveryEventKindKeysUnused             DeliveryEventKind = "keys.unused"
	DeliveryEventKindKeysRuleBroken         DeliveryEventKind = "keys.rule-broken"
	DeliveryEventKindKeysApprovalRequested  DeliveryEventKind = "keys.approval-requested"
	DeliveryEventKindKeysRestored           DeliveryEventKind = "keys.restored"
	DeliveryEventKindQuotaNearing           DeliveryEventKind = "quota.nearing"
	DeliveryEventKindQuotaExhausted         DeliveryEventKind = "quota.exhausted"
	DeliveryEventKindMemberAdded            DeliveryEventKind = "member.added"
	DeliveryEventKindMemberChangedByToken   DeliveryEventKind = "member.changed-by-token"
	DeliveryEventKindMemberCredentialsEnded DeliveryEventKind = "member.credentials-ended"
	DeliveryEventKindAccessRequested        DeliveryEventKind = "access.requested"
	DeliveryEventKindAccessEnabled          DeliveryEventKind = "access.enabled"
	DeliveryEventKindAccessDisabled         DeliveryEventKind = "access.disabled"
	DeliveryEventKindAccessApproved         DeliveryEventKind = "access.approved"
	DeliveryEventKindAccessDeclined         DeliveryEventKind = "access.declined"
	DeliveryEventKindOperationsDeprecated   DeliveryEventKind = "operations.deprecated"
	DeliveryEventKindPlanChanged            DeliveryEventKind = "plan.changed"
	DeliveryEventKindPlanApproved           DeliveryEventKind = "plan.approved"
	DeliveryEventKindPlanDeclined           DeliveryEventKind = "plan.declined"
	DeliveryEventKindPlanUpdated            DeliveryEventKind = "plan.updated"
	DeliveryEventKindPlanTrialEnding        DeliveryEventKind = "plan.trial-ending"
	DeliveryEventKindProjectCreated         DeliveryEventKind = "project.created"
	DeliveryEventKindProjectSuspended       DeliveryEventKind = "project.suspended"
	DeliveryEventKindProjectResumed         DeliveryEventKind = "project.resumed"
	DeliveryEventKindProjectDeleted         DeliveryEventKind = "project.deleted"
	DeliveryEventKindAlertQuota             DeliveryEventKind = "alert.quota"
	DeliveryEventKindAlertDenials           DeliveryEventKind = "alert.denials"
	DeliveryEventKindAlertNewNetwork        DeliveryEventKind = "alert.new-network"
	DeliveryEventKindAlertDormantKey        DeliveryEventKind = "alert.dormant-key"
	DeliveryEventKindWebhookTest            DeliveryEventKind = "webhook.test"
)

type DeliveryState string

const (
	DeliveryStateDue       DeliveryState = "due"
	DeliveryStateDelivered DeliveryState = "delivered"
	DeliveryStateFailed    DeliveryState = "failed"
)

type Denial struct {
	ID          string            `json:"id"`
	Time        time.Time         `json:"time"`
	KeyID       string            `json:"keyId"`
	KeyName     string            `json:"keyName"`
	Environment DenialEnvironment `json:"environment"`
	Code        DenialCode        `json:"code"`
	API         string            `json:"api"`
	Operation   *string           `json:"operation"`
	Observed    map[string]string `json:"observed"`
	Words       string            `json:"words"`
	Client      DenialClient      `json:"client"`
	Remedy      *DenialRemedy     `json:"remedy"`
	// NoRemedy: Why no entry is offered, although one could have allowed the request.
	NoRemedy *string `json:"noRemedy"`
}

type DenialClient struct {
	ClientIP        *string `json:"clientIp"`
	Referrer        *string `json:"referrer"`
	Origin          *string `json:"origin"`
	AndroidPackage  *string `json:"androidPackage"`
	AndroidCertSHA1 *string `json:"androidCertSha1"`
	IOSBundleID     *string `json:"iosBundleId"`
}

type DenialCode string

const (
	DenialCodeKeyMissing          DenialCode = "KEY_MISSING"
	DenialCodeKeyMalformed        DenialCode = "KEY_MALFORMED"
	DenialCodeKeyNotFound         DenialCode = "KEY_NOT_FOUND"
	DenialCodeKeyRevoked          DenialCode = "KEY_REVOKED"
	DenialCodeKeyDisabled         DenialCode = "KEY_DISABLED"
	DenialCodeKeyExpired          DenialCode = "KEY_EXPIRED"
	DenialCodeKeyRotated          DenialCode = "KEY_ROTATED"
	DenialCodeProjectSuspended    DenialCode = "PROJECT_SUSPENDED"
	DenialCodeAPINotEnabled       DenialCode = "API_NOT_ENABLED"
	DenialCodeAPINotAllowed       DenialCode = "API_NOT_ALLOWED"
	DenialCodeOperationNotAllowed DenialCode = "OPERATION_NOT_ALLOWED"
	DenialCodeScopeNotGranted     DenialCode = "SCOPE_NOT_GRANTED"
	DenialCodeClientIPUnknown     DenialCode = "CLIENT_IP_UNKNOWN"
	DenialCodeIPNotAllowed        DenialCode = "IP_NOT_ALLOWED"
	DenialCodeReferrerNotAllowed  DenialCode = "REFERRER_NOT_ALLOWED"
	DenialCodeAppNotAllowed       DenialCode = "APP_NOT_ALLOWED"
	DenialCodeRateLimited         DenialCode = "RATE_LIMITED"
	DenialCodeQuotaExceeded       DenialCode = "QUOTA_EXCEEDED"
)

type DenialEnvironment string

const (
	DenialEnvironmentLive DenialEnvironment = "live"
	DenialEnvironmentTest DenialEnvironment = "test"
)

type DenialRemedy struct {
	Label string `json:"label"`
	Query string `json:"query"`
}

type DryRun struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// Checks: Allowed requests.
	Checks int64 `json:"checks"`
	// Refused: A range, if several kinds of restrictions may deny the same request or a result is unknown.
	Refused DryRunRefused `json:"refused"`
	// NewlyRefused: Those of them that the key's enforced restrictions would have allowed.
	NewlyRefused   DryRunNewlyRefused   `json:"newlyRefused"`
	Rules          []DryRunRulesItem    `json:"rules"`
	RecentRefusals DryRunRecentRefusals `json:"recentRefusals"`
}

// DryRunNewlyRefused: Those of them that the key's enforced restrictions would have allowed.
type DryRunNewlyRefused struct {
	AtLeast int64 `json:"atLeast"`
	AtMost  int64 `json:"atMost"`
}

type DryRunRecentRefusals struct {
	Looked    int64 `json:"looked"`
	WouldPass int64 `json:"wouldPass"`
}

// DryRunRefused: A range, if several kinds of restrictions may deny the same request or a result is unknown.
type DryRunRefused struct {
	AtLeast int64 `json:"atLeast"`
	AtMost  int64 `json:"atMost"`
}

type DryRunRulesItem struct {
	Kind    DryRunRulesItemKind         `json:"kind"`
	Refused int64                       `json:"refused"`
	Unsure  int64                       `json:"unsure"`
	Values  []DryRunRulesItemValuesItem `json:"values"`
	// More: Values that are not listed.
	More int64 `json:"more"`
}

type DryRunRulesItemKind string

const (
	DryRunRulesItemKindAPIs      DryRunRulesItemKind = "apis"
	DryRunRulesItemKindIPs       DryRunRulesItemKind = "ips"
	DryRunRulesItemKindReferrers DryRunRulesItemKind = "referrers"
	DryRunRulesItemKindApps      DryRunRulesItemKind = "apps"
)

type DryRunRulesItemValuesItem struct {
	Value      string                           `json:"value"`
	Label      string                           `json:"label"`
	Count      int64                            `json:"count"`
	LastSeenAt *time.Time                       `json:"lastSeenAt"`
	Outcome    DryRunRulesItemValuesItemOutcome `json:"outcome"`
}

type DryRunRulesItemValuesItemOutcome string

const (
	DryRunRulesItemValuesItemOutcomeRefused DryRunRulesItemValuesItemOutcome = "refused"
	DryRunRulesItemValuesItemOutcomeUnsure  DryRunRulesItemValuesItemOutcome = "unsure"
)

type EntryReading struct {
	Ok bool `json:"ok"`
	// Text: The canonical form on one line, as it is saved.
	Text    *string                   `json:"text,omitempty"`
	Meaning *string                   `json:"meaning,omitempty"`
	Notices []EntryReadingNoticesItem `json:"notices,omitempty"`
	Code    *EntryReadingCode         `json:"code,omitempty"`
	// Message: What is wrong and how to write it.
	Message *string `json:"message,omitempty"`
	// Suggestions: Similar valid entries.
	Suggestions []string `json:"suggestions,omitempty"`
	// At: The position in the entry, if only a part of it is wrong.
	At *string `json:"at,omitempty"`
}

type EntryReadingCode string

const (
	EntryReadingCodeIPEmpty              EntryReadingCode = "ip-empty"
	EntryReadingCodeIPSpace              EntryReadingCode = "ip-space"
	EntryReadingCodeIPPort               EntryReadingCode = "ip-port"
	EntryReadingCodeIPZone               EntryReadingCode = "ip-zone"
	EntryReadingCodeIPStar               EntryReadingCode = "ip-star"
	EntryReadingCodeIPRange              EntryReadingCode = "ip-range"
	EntryReadingCodeIPName               EntryReadingCode = "ip-name"
	EntryReadingCodeIPShort              EntryReadingCode = "ip-short"
	EntryReadingCodeIPUnreadable         EntryReadingCode = "ip-unreadable"
	EntryReadingCodePrefixEverything     EntryReadingCode = "prefix-everything"
	EntryReadingCodePrefixUnreadable     EntryReadingCode = "prefix-unreadable"
	EntryReadingCodePrefixTooLong        EntryReadingCode = "prefix-too-long"
	EntryReadingCodePrefixMixed          EntryReadingCode = "prefix-mixed"
	EntryReadingCodeReferrerEmpty        EntryReadingCode = "referrer-empty"
	EntryReadingCodeReferrerSpace        EntryReadingCode = "referrer-space"
	EntryReadingCodeReferrerLong         EntryReadingCode = "referrer-long"
	EntryReadingCodeReferrerEverything   EntryReadingCode = "referrer-everything"
	EntryReadingCodeReferrerBackslash    EntryReadingCode = "referrer-backslash"
	EntryReadingCodeReferrerUserInfo     EntryReadingCode = "referrer-user-info"
	EntryReadingCodeReferrerScheme       EntryReadingCode = "referrer-scheme"
	EntryReadingCodeReferrerFile         EntryReadingCode = "referrer-file"
	EntryReadingCodeReferrerHost         EntryReadingCode = "referrer-host"
	EntryReadingCodeReferrerStar         EntryReadingCode = "referrer-star"
	EntryReadingCodeReferrerStarAddress  EntryReadingCode = "referrer-star-address"
	EntryReadingCodeReferrerPublicSuffix EntryReadingCode = "referrer-public-suffix"
	EntryReadingCodeReferrerPort         EntryReadingCode = "referrer-port"
	EntryReadingCodeReferrerPathStar     EntryReadingCode = "referrer-path-star"
	EntryReadingCodeReferrerDotSegments  EntryReadingCode = "referrer-dot-segments"
	EntryReadingCodeAppPackage           EntryReadingCode = "app-package"
	EntryReadingCodeAppSHA1              EntryReadingCode = "app-sha1"
	EntryReadingCodeAppBundleID          EntryReadingCode = "app-bundle-id"
	EntryReadingCodeAPIUnknown           EntryReadingCode = "api-unknown"
	EntryReadingCodeOperationEmpty       EntryReadingCode = "operation-empty"
	EntryReadingCodeOperationSpace       EntryReadingCode = "operation-space"
	EntryReadingCodeOperationStar        EntryReadingCode = "operation-star"
	EntryReadingCodeOperationUnknown     EntryReadingCode = "operation-unknown"
	EntryReadingCodeScopeEmpty           EntryReadingCode = "scope-empty"
	EntryReadingCodeScopeName            EntryReadingCode = "scope-name"
	EntryReadingCodeScopeNone            EntryReadingCode = "scope-none"
	EntryReadingCodeScopeUnknown         EntryReadingCode = "scope-unknown"
	EntryReadingCodeScopeDiffers         EntryReadingCode = "scope-differs"
)

type EntryReadingNoticesItem struct {
	Code    EntryReadingNoticesItemCode `json:"code"`
	Message string                      `json:"message"`
}

type EntryReadingNoticesItemCode string

const (
	EntryReadingNoticesItemCodeInvisibleRemoved EntryReadingNoticesItemCode = "invisible-removed"
	EntryReadingNoticesItemCodeIPHostBits       EntryReadingNoticesItemCode = "ip-host-bits"
	EntryReadingNoticesItemCodeIPMapped         EntryReadingNoticesItemCode = "ip-mapped"
	EntryReadingNoticesItemCodeIPPrivate        EntryReadingNoticesItemCode = "ip-private"
	EntryReadingNoticesItemCodeReferrerQuery    EntryReadingNoticesItemCode = "referrer-query"
	EntryReadingNoticesItemCodeReferrerPath     EntryReadingNoticesItemCode = "referrer-path"
	EntryReadingNoticesItemCodeReferrerHomeOnly EntryReadingNoticesItemCode = "referrer-home-only"
	EntryReadingNoticesItemCodeAppForgeable     EntryReadingNoticesItemCode = "app-forgeable"
)

type Exemption struct {
	Reason string    `json:"reason"`
	Until  time.Time `json:"until"`
	By     string    `json:"by"`
}

type ExplainedEntries struct {
	Kinds ExplainedEntriesKinds `json:"kinds"`
	Total int64                 `json:"total"`
}

type ExplainedEntriesKinds struct {
	IPs       []EntryReading            `json:"ips"`
	Referrers []EntryReading            `json:"referrers"`
	Apps      ExplainedEntriesKindsApps `json:"apps"`
	APIs      []EntryReading            `json:"apis"`
}

type ExplainedEntriesKindsApps struct {
	Android []EntryReading `json:"android"`
	IOS     []EntryReading `json:"ios"`
}

type GetAPIsByAPIPlansBySlugSubscribersQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAPIsByAPIPlansBySlugSubscribersResponse struct {
	Items      []PlanSubscriber `json:"items"`
	NextCursor *string          `json:"nextCursor"`
}

type GetAPIsByAPIPlansBySlugVersionsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAPIsByAPIPlansBySlugVersionsResponse struct {
	Items      []PlanVersion `json:"items"`
	NextCursor *string       `json:"nextCursor"`
}

type GetAPIsByAPIPlansResponse struct {
	Items []Plan `json:"items"`
}

type GetAPIsBySlugAudienceResponse struct {
	Items []GetAPIsBySlugAudienceResponseItemsItem `json:"items"`
}

type GetAPIsBySlugAudienceResponseItemsItem struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type GetAPIsBySlugGuidesResponse struct {
	Items []GetAPIsBySlugGuidesResponseItemsItem `json:"items"`
}

type GetAPIsBySlugGuidesResponseItemsItem struct {
	Slug      string    `json:"slug"`
	Title     string    `json:"title"`
	UpdatedAt time.Time `json:"updatedAt"`
}

type GetAPIsBySlugQuery struct {
	// OperationsCursor: The `operationsCursor` of the previous response: operations continue from there.
	OperationsCursor *string `json:"operationsCursor,omitempty"`
}

type GetAPIsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
	Search *string `json:"search,omitempty"`
}

type GetAPIsResponse struct {
	Items      []API   `json:"items"`
	NextCursor *string `json:"nextCursor"`
}

type GetAdminApprovalsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminApprovalsResponse struct {
	Items      []PendingAccess `json:"items"`
	NextCursor *string         `json:"nextCursor"`
}

type GetAdminBillingExportsByExportIDCustomersQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminBillingExportsByExportIDCustomersResponse struct {
	Items      []BillingCustomer `json:"items"`
	NextCursor *string           `json:"nextCursor"`
}

type GetAdminBillingExportsByExportIDHeldQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminBillingExportsByExportIDHeldResponse struct {
	Items      []HeldBillingEvent `json:"items"`
	NextCursor *string            `json:"nextCursor"`
}

type GetAdminBillingExportsByExportIDReconciliationQuery struct {
	// From: Without it, 30 days or, by hour, 48 hours before `to`.
	From *string `json:"from,omitempty"`
	// To: Exclusive. Without it, now.
	To       *string                                                      `json:"to,omitempty"`
	Interval *GetAdminBillingExportsByExportIDReconciliationQueryInterval `json:"interval,omitempty"`
}

type GetAdminBillingExportsByExportIDReconciliationQueryInterval string

const (
	GetAdminBillingExportsByExportIDReconciliationQueryIntervalHour GetAdminBillingExportsByExportIDReconciliationQueryInterval = "hour"
	GetAdminBillingExportsByExportIDReconciliationQueryIntervalDay  GetAdminBillingExportsByExportIDReconciliationQueryInterval = "day"
)

type GetAdminBillingExportsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminBillingExportsResponse struct {
	Items      []BillingExport `json:"items"`
	NextCursor *string         `json:"nextCursor"`
}

type GetAdminDeletedProjectsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
	Search *string `json:"search,omitempty"`
}

type GetAdminDeletedProjectsResponse struct {
	Items      []DeletedProject `json:"items"`
	NextCursor *string          `json:"nextCursor"`
}

type GetAdminExemptionsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
	// Policy: `key-rules`: the key rules; `unused`: the policy for unused keys.
	Policy    *GetAdminExemptionsQueryPolicy `json:"policy,omitempty"`
	ProjectID *string                        `json:"projectId,omitempty"`
}

// GetAdminExemptionsQueryPolicy: `key-rules`: the key rules; `unused`: the policy for unused keys.
type GetAdminExemptionsQueryPolicy string

const (
	GetAdminExemptionsQueryPolicyUnused   GetAdminExemptionsQueryPolicy = "unused"
	GetAdminExemptionsQueryPolicyKeyRules GetAdminExemptionsQueryPolicy = "key-rules"
)

type GetAdminExemptionsResponse struct {
	Items      []GetAdminExemptionsResponseItemsItem `json:"items"`
	NextCursor *string                               `json:"nextCursor"`
}

type GetAdminExemptionsResponseItemsItem struct {
	Key       GetAdminExemptionsResponseItemsItemKey     `json:"key"`
	Project   GetAdminExemptionsResponseItemsItemProject `json:"project"`
	Reason    string                                     `json:"reason"`
	Until     time.Time                                  `json:"until"`
	CreatedAt time.Time                                  `json:"createdAt"`
	By        string                                     `json:"by"`
}

type GetAdminExemptionsResponseItemsItemKey struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type GetAdminExemptionsResponseItemsItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type GetAdminKeysQuery struct {
	Cursor              *string                       `json:"cursor,omitempty"`
	Limit               *int64                        `json:"limit,omitempty"`
	UnusedForDays       *int64                        `json:"unusedForDays,omitempty"`
	Status              *GetAdminKeysQueryStatus      `json:"status,omitempty"`
	ProjectID           *string                       `json:"projectId,omitempty"`
	Environment         *GetAdminKeysQueryEnvironment `json:"environment,omitempty"`
	Restricted          *GetAdminKeysQueryRestricted  `json:"restricted,omitempty"`
	SecretOlderThanDays *int64                        `json:"secretOlderThanDays,omitempty"`
	SecretNewerThanDays *int64                        `json:"secretNewerThanDays,omitempty"`
	Leaked              *string                       `json:"leaked,omitempty"`
	// Q: Part of a name, hint, description, tag or external ID, or a whole key ID; case does not matter. With more than 20,000 keys, one or two characters match only the start of a name.
	Q *string `json:"q,omitempty"`
}

type GetAdminKeysQueryEnvironment string

const (
	GetAdminKeysQueryEnvironmentLive GetAdminKeysQueryEnvironment = "live"
	GetAdminKeysQueryEnvironmentTest GetAdminKeysQueryEnvironment = "test"
)

type GetAdminKeysQueryRestricted string

const (
	GetAdminKeysQueryRestrictedNone          GetAdminKeysQueryRestricted = "none"
	GetAdminKeysQueryRestrictedNoApplication GetAdminKeysQueryRestricted = "no-application"
	GetAdminKeysQueryRestrictedApplication   GetAdminKeysQueryRestricted = "application"
)

type GetAdminKeysQueryStatus string

const (
	GetAdminKeysQueryStatusActive     GetAdminKeysQueryStatus = "active"
	GetAdminKeysQueryStatusDisabled   GetAdminKeysQueryStatus = "disabled"
	GetAdminKeysQueryStatusExpired    GetAdminKeysQueryStatus = "expired"
	GetAdminKeysQueryStatusRevoked    GetAdminKeysQueryStatus = "revoked"
	GetAdminKeysQueryStatusNotRevoked GetAdminKeysQueryStatus = "not-revoked"
)

type GetAdminKeysResponse struct {
	Items      []AdminKey `json:"items"`
	NextCursor *string    `json:"nextCursor"`
}

type GetAdminManagementTokensQuery struct {
	Cursor  *string                               `json:"cursor,omitempty"`
	Limit   *int64                                `json:"limit,omitempty"`
	Expires *GetAdminManagementTokensQueryExpires `json:"expires,omitempty"`
}

type GetAdminManagementTokensQueryExpires string

const (
	GetAdminManagementTokensQueryExpiresNever GetAdminManagementTokensQueryExpires = "never"
)

type GetAdminManagementTokensResponse struct {
	Items      []AdminManagementToken `json:"items"`
	NextCursor *string                `json:"nextCursor"`
}

type GetAdminServiceTokensQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminServiceTokensResponse struct {
	Items      []ServiceToken `json:"items"`
	NextCursor *string        `json:"nextCursor"`
}

type GetAdminUsersQuery struct {
	Cursor       *string                         `json:"cursor,omitempty"`
	Limit        *int64                          `json:"limit,omitempty"`
	Search       *string                         `json:"search,omitempty"`
	SecondFactor *GetAdminUsersQuerySecondFactor `json:"secondFactor,omitempty"`
}

type GetAdminUsersQuerySecondFactor string

const (
	GetAdminUsersQuerySecondFactorNone GetAdminUsersQuerySecondFactor = "none"
)

type GetAdminUsersResponse struct {
	Items      []User  `json:"items"`
	NextCursor *string `json:"nextCursor"`
}

type GetAdminVerifiersQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminVerifiersResponse struct {
	Items      []Verifier `json:"items"`
	NextCursor *string    `json:"nextCursor"`
}

type GetAdminWebhooksByWebhookIDDeliveriesQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminWebhooksByWebhookIDDeliveriesResponse struct {
	Items      []Delivery `json:"items"`
	NextCursor *string    `json:"nextCursor"`
}

type GetAdminWebhooksQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetAdminWebhooksResponse struct {
	Items      []Webhook `json:"items"`
	NextCursor *string   `json:"nextCursor"`
}

type GetAuditExportQuery struct {
	ProjectID *string                    `json:"projectId,omitempty"`
	SubjectID *string                    `json:"subjectId,omitempty"`
	ActorID   *string                    `json:"actorId,omitempty"`
	Action    *string                    `json:"action,omitempty"`
	From      *string                    `json:"from,omitempty"`
	To        *string                    `json:"to,omitempty"`
	Format    *GetAuditExportQueryFormat `json:"format,omitempty"`
}

type GetAuditExportQueryFormat string

const (
	GetAuditExportQueryFormatJsonl GetAuditExportQueryFormat = "jsonl"
	GetAuditExportQueryFormatCSV   GetAuditExportQueryFormat = "csv"
)

type GetAuditQuery struct {
	Cursor    *string `json:"cursor,omitempty"`
	Limit     *int64  `json:"limit,omitempty"`
	ProjectID *string `json:"projectId,omitempty"`
	SubjectID *string `json:"subjectId,omitempty"`
	ActorID   *string `json:"actorId,omitempty"`
	Action    *string `json:"action,omitempty"`
	From      *string `json:"from,omitempty"`
	To        *string `json:"to,omitempty"`
}

type GetAuditResponse struct {
	Items      []AuditRecord `json:"items"`
	NextCursor *string       `json:"nextCursor"`
}

type GetMeNoticesQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
	Unread *string `json:"unread,omitempty"`
}

type GetMeNoticesResponse struct {
	Items      []Notice `json:"items"`
	NextCursor *string  `json:"nextCursor"`
	Unread     int64    `json:"unread"`
}

type GetMeTokensQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetMeTokensResponse struct {
	Items      []ManagementToken `json:"items"`
	NextCursor *string           `json:"nextCursor"`
}

type GetProjectsByProjectIDAPIsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDAPIsResponse struct {
	Items      []ProjectAPI `json:"items"`
	NextCursor *string      `json:"nextCursor"`
}

type GetProjectsByProjectIDAlertsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDAlertsResponse struct {
	Items      []Alert `json:"items"`
	NextCursor *string `json:"nextCursor"`
}

type GetProjectsByProjectIDAuditExportQuery struct {
	SubjectID *string                                       `json:"subjectId,omitempty"`
	ActorID   *string                                       `json:"actorId,omitempty"`
	Action    *string                                       `json:"action,omitempty"`
	From      *string                                       `json:"from,omitempty"`
	To        *string                                       `json:"to,omitempty"`
	Format    *GetProjectsByProjectIDAuditExportQueryFormat `json:"format,omitempty"`
}

type GetProjectsByProjectIDAuditExportQueryFormat string

const (
	GetProjectsByProjectIDAuditExportQueryFormatJsonl GetProjectsByProjectIDAuditExportQueryFormat = "jsonl"
	GetProjectsByProjectIDAuditExportQueryFormatCSV   GetProjectsByProjectIDAuditExportQueryFormat = "csv"
)

type GetProjectsByProjectIDAuditQuery struct {
	Cursor    *string `json:"cursor,omitempty"`
	Limit     *int64  `json:"limit,omitempty"`
	SubjectID *string `json:"subjectId,omitempty"`
	ActorID   *string `json:"actorId,omitempty"`
	Action    *string `json:"action,omitempty"`
	From      *string `json:"from,omitempty"`
	To        *string `json:"to,omitempty"`
}

type GetProjectsByProjectIDAuditResponse struct {
	Items      []AuditRecord `json:"items"`
	NextCursor *string       `json:"nextCursor"`
}

type GetProjectsByProjectIDCustomersQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDCustomersResponse struct {
	Items      []Customer `json:"items"`
	NextCursor *string    `json:"nextCursor"`
}

type GetProjectsByProjectIDDenialsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
	KeyID  *string `json:"keyId,omitempty"`
	// ExternalID: A whole external ID, which the key has now; case matters.
	ExternalID *string                                 `json:"externalId,omitempty"`
	Code       *GetProjectsByProjectIDDenialsQueryCode `json:"code,omitempty"`
	From       *string                                 `json:"from,omitempty"`
	To         *string                                 `json:"to,omitempty"`
	Trial      any                                     `json:"trial,omitempty"`
}

type GetProjectsByProjectIDDenialsQueryCode string

const (
	GetProjectsByProjectIDDenialsQueryCodeKeyMissing          GetProjectsByProjectIDDenialsQueryCode = "KEY_MISSING"
	GetProjectsByProjectIDDenialsQueryCodeKeyMalformed        GetProjectsByProjectIDDenialsQueryCode = "KEY_MALFORMED"
	GetProjectsByProjectIDDenialsQueryCodeKeyNotFound         GetProjectsByProjectIDDenialsQueryCode = "KEY_NOT_FOUND"
	GetProjectsByProjectIDDenialsQueryCodeKeyRevoked          GetProjectsByProjectIDDenialsQueryCode = "KEY_REVOKED"
	GetProjectsByProjectIDDenialsQueryCodeKeyDisabled         GetProjectsByProjectIDDenialsQueryCode = "KEY_DISABLED"
	GetProjectsByProjectIDDenialsQueryCodeKeyExpired          GetProjectsByProjectIDDenialsQueryCode = "KEY_EXPIRED"
	GetProjectsByProjectIDDenialsQueryCodeKeyRotated          GetProjectsByProjectIDDenialsQueryCode = "KEY_ROTATED"
	GetProjectsByProjectIDDenialsQueryCodeProjectSuspended    GetProjectsByProjectIDDenialsQueryCode = "PROJECT_SUSPENDED"
	GetProjectsByProjectIDDenialsQueryCodeAPINotEnabled       GetProjectsByProjectIDDenialsQueryCode = "API_NOT_ENABLED"
	GetProjectsByProjectIDDenialsQueryCodeAPINotAllowed       GetProjectsByProjectIDDenialsQueryCode = "API_NOT_ALLOWED"
	GetProjectsByProjectIDDenialsQueryCodeOperationNotAllowed GetProjectsByProjectIDDenialsQueryCode = "OPERATION_NOT_ALLOWED"
	GetProjectsByProjectIDDenialsQueryCodeScopeNotGranted     GetProjectsByProjectIDDenialsQueryCode = "SCOPE_NOT_GRANTED"
	GetProjectsByProjectIDDenialsQueryCodeClientIPUnknown     GetProjectsByProjectIDDenialsQueryCode = "CLIENT_IP_UNKNOWN"
	GetProjectsByProjectIDDenialsQueryCodeIPNotAllowed        GetProjectsByProjectIDDenialsQueryCode = "IP_NOT_ALLOWED"
	GetProjectsByProjectIDDenialsQueryCodeReferrerNotAllowed  GetProjectsByProjectIDDenialsQueryCode = "REFERRER_NOT_ALLOWED"
	GetProjectsByProjectIDDenialsQueryCodeAppNotAllowed       GetProjectsByProjectIDDenialsQueryCode = "APP_NOT_ALLOWED"
	GetProjectsByProjectIDDenialsQueryCodeRateLimited         GetProjectsByProjectIDDenialsQueryCode = "RATE_LIMITED"
	GetProjectsByProjectIDDenialsQueryCodeQuotaExceeded       GetProjectsByProjectIDDenialsQueryCode = "QUOTA_EXCEEDED"
)

type GetProjectsByProjectIDDenialsResponse struct {
	Items      []Denial `json:"items"`
	NextCursor *string  `json:"nextCursor"`
	// Total: The exact number of denied requests from `from` to `to`, including those that are no longer stored.
	Total int64     `json:"total"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
}

type GetProjectsByProjectIDInvitationsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDInvitationsResponse struct {
	Items      []Invitation `json:"items"`
	NextCursor *string      `json:"nextCursor"`
}

type GetProjectsByProjectIDKeysByKeyIDLeaksResponse struct {
	Items []Leak `json:"items"`
}

type GetProjectsByProjectIDKeysByKeyIDSuggestionsQuery struct {
	LeaveOutRarest *float64 `json:"leaveOutRarest,omitempty"`
}

type GetProjectsByProjectIDKeysQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
	// Q: Part of a name, hint, description, tag or external ID, or a whole key ID; case does not matter.
	Q *string `json:"q,omitempty"`
	// Tag: A whole tag.
	Tag *string `json:"tag,omitempty"`
	// ExternalID: A whole external ID; case matters.
	ExternalID  *string                                     `json:"externalId,omitempty"`
	Metadata    *map[string]string                          `json:"metadata,omitempty"`
	Status      *GetProjectsByProjectIDKeysQueryStatus      `json:"status,omitempty"`
	Environment *GetProjectsByProjectIDKeysQueryEnvironment `json:"environment,omitempty"`
	API         *string                                     `json:"api,omitempty"`
	Restricted  *GetProjectsByProjectIDKeysQueryRestricted  `json:"restricted,omitempty"`
	// Approval: Keys that wait for an owner's approval.
	Approval *GetProjectsByProjectIDKeysQueryApproval `json:"approval,omitempty"`
	// Imported: Imported keys whose imported token was used since (`seen`), or was not (`unseen`).
	Imported *GetProjectsByProjectIDKeysQueryImported `json:"imported,omitempty"`
	Sort     *string                                  `json:"sort,omitempty"`
}

// GetProjectsByProjectIDKeysQueryApproval: Keys that wait for an owner's approval.
type GetProjectsByProjectIDKeysQueryApproval string

const (
	GetProjectsByProjectIDKeysQueryApprovalPending GetProjectsByProjectIDKeysQueryApproval = "pending"
)

type GetProjectsByProjectIDKeysQueryEnvironment string

const (
	GetProjectsByProjectIDKeysQueryEnvironmentLive GetProjectsByProjectIDKeysQueryEnvironment = "live"
	GetProjectsByProjectIDKeysQueryEnvironmentTest GetProjectsByProjectIDKeysQueryEnvironment = "test"
)

// GetProjectsByProjectIDKeysQueryImported: Imported keys whose imported token was used since (`seen`), or was not (`unseen`).
type GetProjectsByProjectIDKeysQueryImported string

const (
	GetProjectsByProjectIDKeysQueryImportedSeen   GetProjectsByProjectIDKeysQueryImported = "seen"
	GetProjectsByProjectIDKeysQueryImportedUnseen GetProjectsByProjectIDKeysQueryImported = "unseen"
)

type GetProjectsByProjectIDKeysQueryRestricted string

const (
	GetProjectsByProjectIDKeysQueryRestrictedNone          GetProjectsByProjectIDKeysQueryRestricted = "none"
	GetProjectsByProjectIDKeysQueryRestrictedNoApplication GetProjectsByProjectIDKeysQueryRestricted = "no-application"
	GetProjectsByProjectIDKeysQueryRestrictedApplication   GetProjectsByProjectIDKeysQueryRestricted = "application"
)

type GetProjectsByProjectIDKeysQueryStatus string

const (
	GetProjectsByProjectIDKeysQueryStatusActive   GetProjectsByProjectIDKeysQueryStatus = "active"
	GetProjectsByProjectIDKeysQueryStatusDisabled GetProjectsByProjectIDKeysQueryStatus = "disabled"
	GetProjectsByProjectIDKeysQueryStatusExpired  GetProjectsByProjectIDKeysQueryStatus = "expired"
	GetProjectsByProjectIDKeysQueryStatusRevoked  GetProjectsByProjectIDKeysQueryStatus = "revoked"
)

type GetProjectsByProjectIDKeysResponse struct {
	Items      []Key   `json:"items"`
	NextCursor *string `json:"nextCursor"`
	Total      int64   `json:"total"`
}

type GetProjectsByProjectIDLimitsQuery struct {
	KeyID *string `json:"keyId,omitempty"`
}

type GetProjectsByProjectIDMembersQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDMembersResponse struct {
	Items      []Member `json:"items"`
	NextCursor *string  `json:"nextCursor"`
}

type GetProjectsByProjectIDRequestsQuery struct {
	Cursor  *string                                     `json:"cursor,omitempty"`
	Limit   *int64                                      `json:"limit,omitempty"`
	KeyID   *string                                     `json:"keyId,omitempty"`
	Code    *GetProjectsByProjectIDRequestsQueryCode    `json:"code,omitempty"`
	Outcome *GetProjectsByProjectIDRequestsQueryOutcome `json:"outcome,omitempty"`
	API     *string                                     `json:"api,omitempty"`
	// Operation: `(none)` for requests without an operation.
	Operation   *string                                         `json:"operation,omitempty"`
	Environment *GetProjectsByProjectIDRequestsQueryEnvironment `json:"environment,omitempty"`
	// RequestID: A whole request ID. That of a batch selects all of its checks.
	RequestID *string `json:"requestId,omitempty"`
	From      *string `json:"from,omitempty"`
	To        *string `json:"to,omitempty"`
}

type GetProjectsByProjectIDRequestsQueryCode string

const (
	GetProjectsByProjectIDRequestsQueryCodeKeyMissing          GetProjectsByProjectIDRequestsQueryCode = "KEY_MISSING"
	GetProjectsByProjectIDRequestsQueryCodeKeyMalformed        GetProjectsByProjectIDRequestsQueryCode = "KEY_MALFORMED"
	GetProjectsByProjectIDRequestsQueryCodeKeyNotFound         GetProjectsByProjectIDRequestsQueryCode = "KEY_NOT_FOUND"
	GetProjectsByProjectIDRequestsQueryCodeKeyRevoked          GetProjectsByProjectIDRequestsQueryCode = "KEY_REVOKED"
	GetProjectsByProjectIDRequestsQueryCodeKeyDisabled         GetProjectsByProjectIDRequestsQueryCode = "KEY_DISABLED"
	GetProjectsByProjectIDRequestsQueryCodeKeyExpired          GetProjectsByProjectIDRequestsQueryCode = "KEY_EXPIRED"
	GetProjectsByProjectIDRequestsQueryCodeKeyRotated          GetProjectsByProjectIDRequestsQueryCode = "KEY_ROTATED"
	GetProjectsByProjectIDRequestsQueryCodeProjectSuspended    GetProjectsByProjectIDRequestsQueryCode = "PROJECT_SUSPENDED"
	GetProjectsByProjectIDRequestsQueryCodeAPINotEnabled       GetProjectsByProjectIDRequestsQueryCode = "API_NOT_ENABLED"
	GetProjectsByProjectIDRequestsQueryCodeAPINotAllowed       GetProjectsByProjectIDRequestsQueryCode = "API_NOT_ALLOWED"
	GetProjectsByProjectIDRequestsQueryCodeOperationNotAllowed GetProjectsByProjectIDRequestsQueryCode = "OPERATION_NOT_ALLOWED"
	GetProjectsByProjectIDRequestsQueryCodeScopeNotGranted     GetProjectsByProjectIDRequestsQueryCode = "SCOPE_NOT_GRANTED"
	GetProjectsByProjectIDRequestsQueryCodeClientIPUnknown     GetProjectsByProjectIDRequestsQueryCode = "CLIENT_IP_UNKNOWN"
	GetProjectsByProjectIDRequestsQueryCodeIPNotAllowed        GetProjectsByProjectIDRequestsQueryCode = "IP_NOT_ALLOWED"
	GetProjectsByProjectIDRequestsQueryCodeReferrerNotAllowed  GetProjectsByProjectIDRequestsQueryCode = "REFERRER_NOT_ALLOWED"
	GetProjectsByProjectIDRequestsQueryCodeAppNotAllowed       GetProjectsByProjectIDRequestsQueryCode = "APP_NOT_ALLOWED"
	GetProjectsByProjectIDRequestsQueryCodeRateLimited         GetProjectsByProjectIDRequestsQueryCode = "RATE_LIMITED"
	GetProjectsByProjectIDRequestsQueryCodeQuotaExceeded       GetProjectsByProjectIDRequestsQueryCode = "QUOTA_EXCEEDED"
	GetProjectsByProjectIDRequestsQueryCodeValid               GetProjectsByProjectIDRequestsQueryCode = "VALID"
)

type GetProjectsByProjectIDRequestsQueryEnvironment string

const (
	GetProjectsByProjectIDRequestsQueryEnvironmentLive GetProjectsByProjectIDRequestsQueryEnvironment = "live"
	GetProjectsByProjectIDRequestsQueryEnvironmentTest GetProjectsByProjectIDRequestsQueryEnvironment = "test"
)

type GetProjectsByProjectIDRequestsQueryOutcome string

const (
	GetProjectsByProjectIDRequestsQueryOutcomeAllowed GetProjectsByProjectIDRequestsQueryOutcome = "allowed"
	GetProjectsByProjectIDRequestsQueryOutcomeDenied  GetProjectsByProjectIDRequestsQueryOutcome = "denied"
)

type GetProjectsByProjectIDRequestsResponse struct {
	Items      []Request `json:"items"`
	NextCursor *string   `json:"nextCursor"`
}

type GetProjectsByProjectIDSubscriptionsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDSubscriptionsResponse struct {
	Items      []Subscription `json:"items"`
	NextCursor *string        `json:"nextCursor"`
}

type GetProjectsByProjectIDTokensQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDTokensResponse struct {
	Items      []ProjectToken `json:"items"`
	NextCursor *string        `json:"nextCursor"`
}

type GetProjectsByProjectIDUsageQuery struct {
	From     *string                                   `json:"from,omitempty"`
	To       *string                                   `json:"to,omitempty"`
	Interval *GetProjectsByProjectIDUsageQueryInterval `json:"interval,omitempty"`
	// Limit: Maximum number of groups: 1 to 200, default 50; fewer if they could have more than 10,000 points.
	Limit *int64 `json:"limit,omitempty"`
	// Cursor: The `nextCursor` of the previous page. Pages are exact if nothing in the range is counted meanwhile.
	Cursor   *string                                  `json:"cursor,omitempty"`
	GroupBy  *GetProjectsByProjectIDUsageQueryGroupBy `json:"groupBy,omitempty"`
	KeyID    *string                                  `json:"keyId,omitempty"`
	SecretID *string                                  `json:"secretId,omitempty"`
	API      *string                                  `json:"api,omitempty"`
	// Operation: `(none)` for requests without an operation.
	Operation   *string                                      `json:"operation,omitempty"`
	Environment *GetProjectsByProjectIDUsageQueryEnvironment `json:"environment,omitempty"`
	// ExternalID: The external ID that the key has now; `(none)` for keys without one.
	ExternalID *string                                  `json:"externalId,omitempty"`
	Code       *GetProjectsByProjectIDUsageQueryCode    `json:"code,omitempty"`
	Outcome    *GetProjectsByProjectIDUsageQueryOutcome `json:"outcome,omitempty"`
	// Compare: Adds the totals of the period before.
	Compare *GetProjectsByProjectIDUsageQueryCompare `json:"compare,omitempty"`
}

type GetProjectsByProjectIDUsageQueryCode string

const (
	GetProjectsByProjectIDUsageQueryCodeKeyMissing          GetProjectsByProjectIDUsageQueryCode = "KEY_MISSING"
	GetProjectsByProjectIDUsageQueryCodeKeyMalformed        GetProjectsByProjectIDUsageQueryCode = "KEY_MALFORMED"
	GetProjectsByProjectIDUsageQueryCodeKeyNotFound         GetProjectsByProjectIDUsageQueryCode = "KEY_NOT_FOUND"
	GetProjectsByProjectIDUsageQueryCodeKeyRevoked          GetProjectsByProjectIDUsageQueryCode = "KEY_REVOKED"
	GetProjectsByProjectIDUsageQueryCodeKeyDisabled         GetProjectsByProjectIDUsageQueryCode = "KEY_DISABLED"
	GetProjectsByProjectIDUsageQueryCodeKeyExpired          GetProjectsByProjectIDUsageQueryCode = "KEY_EXPIRED"
	GetProjectsByProjectIDUsageQueryCodeKeyRotated          GetProjectsByProjectIDUsageQueryCode = "KEY_ROTATED"
	GetProjectsByProjectIDUsageQueryCodeProjectSuspended    GetProjectsByProjectIDUsageQueryCode = "PROJECT_SUSPENDED"
	GetProjectsByProjectIDUsageQueryCodeAPINotEnabled       GetProjectsByProjectIDUsageQueryCode = "API_NOT_ENABLED"
	GetProjectsByProjectIDUsageQueryCodeAPINotAllowed       GetProjectsByProjectIDUsageQueryCode = "API_NOT_ALLOWED"
	GetProjectsByProjectIDUsageQueryCodeOperationNotAllowed GetProjectsByProjectIDUsageQueryCode = "OPERATION_NOT_ALLOWED"
	GetProjectsByProjectIDUsageQueryCodeScopeNotGranted     GetProjectsByProjectIDUsageQueryCode = "SCOPE_NOT_GRANTED"
	GetProjectsByProjectIDUsageQueryCodeClientIPUnknown     GetProjectsByProjectIDUsageQueryCode = "CLIENT_IP_UNKNOWN"
	GetProjectsByProjectIDUsageQueryCodeIPNotAllowed        GetProjectsByProjectIDUsageQueryCode = "IP_NOT_ALLOWED"
	GetProjectsByProjectIDUsageQueryCodeReferrerNotAllowed  GetProjectsByProjectIDUsageQueryCode = "REFERRER_NOT_ALLOWED"
	GetProjectsByProjectIDUsageQueryCodeAppNotAllowed       GetProjectsByProjectIDUsageQueryCode = "APP_NOT_ALLOWED"
	GetProjectsByProjectIDUsageQueryCodeRateLimited         GetProjectsByProjectIDUsageQueryCode = "RATE_LIMITED"
	GetProjectsByProjectIDUsageQueryCodeQuotaExceeded       GetProjectsByProjectIDUsageQueryCode = "QUOTA_EXCEEDED"
	GetProjectsByProjectIDUsageQueryCodeValid               GetProjectsByProjectIDUsageQueryCode = "VALID"
)

// GetProjectsByProjectIDUsageQueryCompare: Adds the totals of the period before.
type GetProjectsByProjectIDUsageQueryCompare string

const (
	GetProjectsByProjectIDUsageQueryComparePrevious GetProjectsByProjectIDUsageQueryCompare = "previous"
)

type GetProjectsByProjectIDUsageQueryEnvironment string

const (
	GetProjectsByProjectIDUsageQueryEnvironmentLive GetProjectsByProjectIDUsageQueryEnvironment = "live"
	GetProjectsByProjectIDUsageQueryEnvironmentTest GetProjectsByProjectIDUsageQueryEnvironment = "test"
)

type GetProjectsByProjectIDUsageQueryGroupBy string

const (
	GetProjectsByProjectIDUsageQueryGroupByCode        GetProjectsByProjectIDUsageQueryGroupBy = "code"
	GetProjectsByProjectIDUsageQueryGroupByKey         GetProjectsByProjectIDUsageQueryGroupBy = "key"
	GetProjectsByProjectIDUsageQueryGroupBySecret      GetProjectsByProjectIDUsageQueryGroupBy = "secret"
	GetProjectsByProjectIDUsageQueryGroupByAPI         GetProjectsByProjectIDUsageQueryGroupBy = "api"
	GetProjectsByProjectIDUsageQueryGroupByOperation   GetProjectsByProjectIDUsageQueryGroupBy = "operation"
	GetProjectsByProjectIDUsageQueryGroupByEnvironment GetProjectsByProjectIDUsageQueryGroupBy = "environment"
	GetProjectsByProjectIDUsageQueryGroupByExternalID  GetProjectsByProjectIDUsageQueryGroupBy = "externalId"
)

type GetProjectsByProjectIDUsageQueryInterval string

const (
	GetProjectsByProjectIDUsageQueryIntervalMinute GetProjectsByProjectIDUsageQueryInterval = "minute"
	GetProjectsByProjectIDUsageQueryIntervalHour   GetProjectsByProjectIDUsageQueryInterval = "hour"
	GetProjectsByProjectIDUsageQueryIntervalDay    GetProjectsByProjectIDUsageQueryInterval = "day"
)

type GetProjectsByProjectIDUsageQueryOutcome string

const (
	GetProjectsByProjectIDUsageQueryOutcomeAllowed GetProjectsByProjectIDUsageQueryOutcome = "allowed"
	GetProjectsByProjectIDUsageQueryOutcomeDenied  GetProjectsByProjectIDUsageQueryOutcome = "denied"
)

type GetProjectsByProjectIDWebhooksByWebhookIDDeliveriesQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDWebhooksByWebhookIDDeliveriesResponse struct {
	Items      []Delivery `json:"items"`
	NextCursor *string    `json:"nextCursor"`
}

type GetProjectsByProjectIDWebhooksQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
}

type GetProjectsByProjectIDWebhooksResponse struct {
	Items      []Webhook `json:"items"`
	NextCursor *string   `json:"nextCursor"`
}

type GetProjectsQuery struct {
	Cursor *string `json:"cursor,omitempty"`
	Limit  *int64  `json:"limit,omitempty"`
	All    *bool   `json:"all,omitempty"`
	Search *string `json:"search,omitempty"`
}

type GetProjectsResponse struct {
	Items      []ProjectSummary `json:"items"`
	NextCursor *string          `json:"nextCursor"`
}

type Guide struct {
	Slug      string    `json:"slug"`
	Title     string    `json:"title"`
	Body      string    `json:"body"`
	UpdatedAt time.Time `json:"updatedAt"`
}

type HeldBillingEvent struct {
	// ID: The id that the receiver sees.
	ID          string                 `json:"id"`
	ProjectID   string                 `json:"projectId"`
	ProjectName string                 `json:"projectName"`
	KeyID       string                 `json:"keyId"`
	API         string                 `json:"api"`
	Operation   string                 `json:"operation"`
	Hour        time.Time              `json:"hour"`
	Units       int64                  `json:"units"`
	Reason      HeldBillingEventReason `json:"reason"`
	Detail      *string                `json:"detail"`
	HeldSince   time.Time              `json:"heldSince"`
}

type HeldBillingEventReason string

const (
	HeldBillingEventReasonNoCustomer HeldBillingEventReason = "no-customer"
	HeldBillingEventReasonNotBilled  HeldBillingEventReason = "not-billed"
	HeldBillingEventReasonRejected   HeldBillingEventReason = "rejected"
	HeldBillingEventReasonTooOld     HeldBillingEventReason = "too-old"
	HeldBillingEventReasonUncertain  HeldBillingEventReason = "uncertain"
	HeldBillingEventReasonDue        HeldBillingEventReason = "due"
)

type ImportResult struct {
	DryRun  bool  `json:"dryRun"`
	Created int64 `json:"created"`
	// Unchanged: Rows whose token was imported before: nothing changed.
	Unchanged int64 `json:"unchanged"`
	Failed    int64 `json:"failed"`
	// Results: One for each row, in order.
	Results []ImportResultResultsItem `json:"results"`
}

type ImportResultResultsItem struct {
	// Row: Its position in `keys`, from 0.
	Row    int64                         `json:"row"`
	Status ImportResultResultsItemStatus `json:"status"`
	// KeyID: Null for a row that failed, and in a dry run for a new key.
	KeyID *string `json:"keyId"`
	// Code: Why it failed.
	Code    *ImportResultResultsItemCode        `json:"code"`
	Message *string                             `json:"message"`
	Errors  []ImportResultResultsItemErrorsItem `json:"errors"`
}

type ImportResultResultsItemCode string

const (
	ImportResultResultsItemCodeInvalid         ImportResultResultsItemCode = "INVALID"
	ImportResultResultsItemCodeTokenInUse      ImportResultResultsItemCode = "TOKEN_IN_USE"
	ImportResultResultsItemCodeLookupTooCommon ImportResultResultsItemCode = "LOOKUP_TOO_COMMON"
	ImportResultResultsItemCodeLimitReached    ImportResultResultsItemCode = "LIMIT_REACHED"
)

type ImportResultResultsItemErrorsItem struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

type ImportResultResultsItemStatus string

const (
	ImportResultResultsItemStatusCreated   ImportResultResultsItemStatus = "created"
	ImportResultResultsItemStatusUnchanged ImportResultResultsItemStatus = "unchanged"
	ImportResultResultsItemStatusFailed    ImportResultResultsItemStatus = "failed"
)

type ImportStatus struct {
	// Imported: Keys that were imported and are not revoked.
	Imported int64 `json:"imported"`
	// Seen: Those of them whose imported token was used since.
	Seen int64 `json:"seen"`
	// Waiting: Those whose hash is not replaced by SHA-256 yet, because their token was not used.
	Waiting int64 `json:"waiting"`
}

type Invitation struct {
	ID        string              `json:"id"`
	Email     string              `json:"email"`
	Role      InvitationRole      `json:"role"`
	CreatedAt time.Time           `json:"createdAt"`
	CreatedBy InvitationCreatedBy `json:"createdBy"`
	ExpiresAt time.Time           `json:"expiresAt"`
}

type InvitationCreatedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type InvitationRole string

const (
	InvitationRoleOwner     InvitationRole = "owner"
	InvitationRoleDeveloper InvitationRole = "developer"
	InvitationRoleViewer    InvitationRole = "viewer"
)

type Key struct {
	ID          string         `json:"id"`
	ProjectID   string         `json:"projectId"`
	Name        string         `json:"name"`
	Environment KeyEnvironment `json:"environment"`
	Status      KeyStatus      `json:"status"`
	Hint        string         `json:"hint"`
	CreatedAt   time.Time      `json:"createdAt"`
	CreatedBy   KeyCreatedBy   `json:"createdBy"`
	ExpiresAt   *time.Time     `json:"expiresAt"`
	LastUsedAt  *time.Time     `json:"lastUsedAt"`
	RevokedAt   *time.Time     `json:"revokedAt"`
	// EndedBy: Who disabled or revoked the key. If not a `member`, only an administrator can enable or restore it; a rotation also enables a key that was disabled for a `leak`.
	EndedBy *KeyEndedBy `json:"endedBy"`
	// Approval: Whether an owner approved the key. Null if no rule required that when it was created. A pending key can't be used.
	Approval        *KeyApproval   `json:"approval"`
	RestorableUntil *time.Time     `json:"restorableUntil"`
	Restrictions    Restrictions   `json:"restrictions"`
	Trial           *Restrictions  `json:"trial"`
	TrialSince      *time.Time     `json:"trialSince"`
	Limits          KeyLimits      `json:"limits"`
	Metadata        map[string]any `json:"metadata"`
	Description     string         `json:"description"`
	Tags            []string       `json:"tags"`
	ExternalID      *string        `json:"externalId"`
	Secrets         []Secret       `json:"secrets"`
}

type KeyApproval struct {
	Status KeyApprovalStatus `json:"status"`
	// At: When it was requested, or decided on.
	At time.Time `json:"at"`
}

type KeyApprovalStatus string

const (
	KeyApprovalStatusPending  KeyApprovalStatus = "pending"
	KeyApprovalStatusApproved KeyApprovalStatus = "approved"
	KeyApprovalStatusRefused  KeyApprovalStatus = "refused"
)

type KeyCreatedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type KeyEndedBy string

const (
	KeyEndedByMember KeyEndedBy = "member"
	KeyEndedByLeak   KeyEndedBy = "leak"
	KeyEndedByPolicy KeyEndedBy = "policy"
	KeyEndedByAdmin  KeyEndedBy = "admin"
)

type KeyEnvironment string

const (
	KeyEnvironmentLive KeyEnvironment = "live"
	KeyEnvironmentTest KeyEnvironment = "test"
)

type KeyLimits struct {
	Rate  *KeyLimitsRate  `json:"rate"`
	Quota *KeyLimitsQuota `json:"quota"`
}

type KeyLimitsQuota struct {
	Limit  int64                `json:"limit"`
	Period KeyLimitsQuotaPeriod `json:"period"`
}

type KeyLimitsQuotaPeriod string

const (
	KeyLimitsQuotaPeriodDay   KeyLimitsQuotaPeriod = "day"
	KeyLimitsQuotaPeriodMonth KeyLimitsQuotaPeriod = "month"
)

type KeyLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type KeyRuleState struct {
	// Broken: The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`.
	Broken []KeyRuleStateBrokenItem `json:"broken"`
	// EndsAt: When the rules disable it, as its owners were notified; null for never.
	EndsAt    *time.Time     `json:"endsAt"`
	Exemption *RuleExemption `json:"exemption"`
}

type KeyRuleStateBrokenItem string

const (
	KeyRuleStateBrokenItemMaxLife     KeyRuleStateBrokenItem = "maxLife"
	KeyRuleStateBrokenItemExpiry      KeyRuleStateBrokenItem = "expiry"
	KeyRuleStateBrokenItemName        KeyRuleStateBrokenItem = "name"
	KeyRuleStateBrokenItemDescription KeyRuleStateBrokenItem = "description"
	KeyRuleStateBrokenItemExternalID  KeyRuleStateBrokenItem = "externalId"
)

type KeyRules struct {
	// MaxLifeDays: The maximum lifetime of a key from its creation, in days, by environment; null for no limit.
	MaxLifeDays    KeyRulesMaxLifeDays `json:"maxLifeDays"`
	ExpiryRequired bool                `json:"expiryRequired"`
	// NamePattern: What names must match: `*` matches any characters, `?` exactly one. Null for any name.
	NamePattern *string `json:"namePattern"`
	// DescriptionRequired: Every key says what it is for.
	DescriptionRequired bool `json:"descriptionRequired"`
	// ExternalIDRequired: Every key says whose it is.
	ExternalIDRequired bool `json:"externalIdRequired"`
	// ApprovalRequired: A live key that a developer creates can't be used until an owner of its project approves it.
	ApprovalRequired bool `json:"approvalRequired"`
	// ExistingKeys: What happens, once a day, to keys that break a rule because they are older than it: nothing, their owners are notified, or they are also ended after `noticeDays`.
	ExistingKeys KeyRulesExistingKeys `json:"existingKeys"`
	// NoticeDays: Days between the notification and the end of such a key.
	NoticeDays int64 `json:"noticeDays"`
}

type KeyRulesDryRun struct {
	// Keep: They stay as they are: `existingKeys` is `keep`.
	Keep KeyRulesDryRunKeep `json:"keep"`
	// Notify: Their owners would be notified, and nothing else happens.
	Notify KeyRulesDryRunNotify `json:"notify"`
	// End: They would be disabled or end, after their owners were notified.
	End KeyRulesDryRunEnd `json:"end"`
	// Complete: False if there are more keys than were looked at.
	Complete bool `json:"complete"`
}

// KeyRulesDryRunEnd: They would be disabled or end, after their owners were notified.
type KeyRulesDryRunEnd struct {
	Count int64                        `json:"count"`
	First []KeyRulesDryRunEndFirstItem `json:"first"`
}

type KeyRulesDryRunEndFirstItem struct {
	ID      string                            `json:"id"`
	Name    string                            `json:"name"`
	Project KeyRulesDryRunEndFirstItemProject `json:"project"`
	// Rules: The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`.
	Rules []KeyRulesDryRunEndFirstItemRulesItem `json:"rules"`
	// EndsAt: When it would end or be disabled; null for never.
	EndsAt *time.Time `json:"endsAt"`
}

type KeyRulesDryRunEndFirstItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type KeyRulesDryRunEndFirstItemRulesItem string

const (
	KeyRulesDryRunEndFirstItemRulesItemMaxLife     KeyRulesDryRunEndFirstItemRulesItem = "maxLife"
	KeyRulesDryRunEndFirstItemRulesItemExpiry      KeyRulesDryRunEndFirstItemRulesItem = "expiry"
	KeyRulesDryRunEndFirstItemRulesItemName        KeyRulesDryRunEndFirstItemRulesItem = "name"
	KeyRulesDryRunEndFirstItemRulesItemDescription KeyRulesDryRunEndFirstItemRulesItem = "description"
	KeyRulesDryRunEndFirstItemRulesItemExternalID  KeyRulesDryRunEndFirstItemRulesItem = "externalId"
)

// KeyRulesDryRunKeep: They stay as they are: `existingKeys` is `keep`.
type KeyRulesDryRunKeep struct {
	Count int64                         `json:"count"`
	First []KeyRulesDryRunKeepFirstItem `json:"first"`
}

type KeyRulesDryRunKeepFirstItem struct {
	ID      string                             `json:"id"`
	Name    string                             `json:"name"`
	Project KeyRulesDryRunKeepFirstItemProject `json:"project"`
	// Rules: The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`.
	Rules []KeyRulesDryRunKeepFirstItemRulesItem `json:"rules"`
	// EndsAt: When it would end or be disabled; null for never.
	EndsAt *time.Time `json:"endsAt"`
}

type KeyRulesDryRunKeepFirstItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type KeyRulesDryRunKeepFirstItemRulesItem string

const (
	KeyRulesDryRunKeepFirstItemRulesItemMaxLife     KeyRulesDryRunKeepFirstItemRulesItem = "maxLife"
	KeyRulesDryRunKeepFirstItemRulesItemExpiry      KeyRulesDryRunKeepFirstItemRulesItem = "expiry"
	KeyRulesDryRunKeepFirstItemRulesItemName        KeyRulesDryRunKeepFirstItemRulesItem = "name"
	KeyRulesDryRunKeepFirstItemRulesItemDescription KeyRulesDryRunKeepFirstItemRulesItem = "description"
	KeyRulesDryRunKeepFirstItemRulesItemExternalID  KeyRulesDryRunKeepFirstItemRulesItem = "externalId"
)

// KeyRulesDryRunNotify: Their owners would be notified, and nothing else happens.
type KeyRulesDryRunNotify struct {
	Count int64                           `json:"count"`
	First []KeyRulesDryRunNotifyFirstItem `json:"first"`
}

type KeyRulesDryRunNotifyFirstItem struct {
	ID      string                               `json:"id"`
	Name    string                               `json:"name"`
	Project KeyRulesDryRunNotifyFirstItemProject `json:"project"`
	// Rules: The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`.
	Rules []KeyRulesDryRunNotifyFirstItemRulesItem `json:"rules"`
	// EndsAt: When it would end or be disabled; null for never.
	EndsAt *time.Time `json:"endsAt"`
}

type KeyRulesDryRunNotifyFirstItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type KeyRulesDryRunNotifyFirstItemRulesItem string

const (
	KeyRulesDryRunNotifyFirstItemRulesItemMaxLife     KeyRulesDryRunNotifyFirstItemRulesItem = "maxLife"
	KeyRulesDryRunNotifyFirstItemRulesItemExpiry      KeyRulesDryRunNotifyFirstItemRulesItem = "expiry"
	KeyRulesDryRunNotifyFirstItemRulesItemName        KeyRulesDryRunNotifyFirstItemRulesItem = "name"
	KeyRulesDryRunNotifyFirstItemRulesItemDescription KeyRulesDryRunNotifyFirstItemRulesItem = "description"
	KeyRulesDryRunNotifyFirstItemRulesItemExternalID  KeyRulesDryRunNotifyFirstItemRulesItem = "externalId"
)

// KeyRulesExistingKeys: What happens, once a day, to keys that break a rule because they are older than it: nothing, their owners are notified, or they are also ended after `noticeDays`.
type KeyRulesExistingKeys string

const (
	KeyRulesExistingKeysKeep    KeyRulesExistingKeys = "keep"
	KeyRulesExistingKeysNotify  KeyRulesExistingKeys = "notify"
	KeyRulesExistingKeysDisable KeyRulesExistingKeys = "disable"
)

// KeyRulesMaxLifeDays: The maximum lifetime of a key from its creation, in days, by environment; null for no limit.
type KeyRulesMaxLifeDays struct {
	Live *int64 `json:"live"`
	Test *int64 `json:"test"`
}

type KeyStatus string

const (
	KeyStatusActive   KeyStatus = "active"
	KeyStatusDisabled KeyStatus = "disabled"
	KeyStatusExpired  KeyStatus = "expired"
	KeyStatusRevoked  KeyStatus = "revoked"
)

type Leak struct {
	ID     string     `json:"id"`
	Time   time.Time  `json:"time"`
	Hint   string     `json:"hint"`
	Source LeakSource `json:"source"`
	URL    string     `json:"url"`
	Works  bool       `json:"works"`
	Alive  bool       `json:"alive"`
}

type LeakSource string

const (
	LeakSourceGithub  LeakSource = "github"
	LeakSourceScanner LeakSource = "scanner"
	LeakSourcePublic  LeakSource = "public"
)

type LimitMeters struct {
	Rates  []LimitMetersRatesItem  `json:"rates"`
	Quotas []LimitMetersQuotasItem `json:"quotas"`
	// Refused: Requests denied by limits in the last 24 hours.
	Refused LimitMetersRefused `json:"refused"`
}

type LimitMetersQuotasItem struct {
	Scope LimitMetersQuotasItemScope `json:"scope"`
	// Policy: The limit's name and what it counts, for a limit of a plan.
	Policy  *LimitMetersQuotasItemPolicy `json:"policy"`
	Limit   int64                        `json:"limit"`
	Period  LimitMetersQuotasItemPeriod  `json:"period"`
	Used    int64                        `json:"used"`
	ResetAt time.Time                    `json:"resetAt"`
	// Forecast: Expected units at the end of the period, at the rate of the last day or week.
	Forecast int64 `json:"forecast"`
	// FullAt: When the quota will be used up at that rate; null if it lasts.
	FullAt *time.Time `json:"fullAt"`
}

type LimitMetersQuotasItemPeriod string

const (
	LimitMetersQuotasItemPeriodDay   LimitMetersQuotasItemPeriod = "day"
	LimitMetersQuotasItemPeriodMonth LimitMetersQuotasItemPeriod = "month"
)

type LimitMetersQuotasItemPolicy struct {
	API  string `json:"api"`
	Plan string `json:"plan"`
	Name string `json:"name"`
	// Operations: Null for all operations.
	Operations *string `json:"operations"`
}

type LimitMetersQuotasItemScope string

const (
	LimitMetersQuotasItemScopeKey     LimitMetersQuotasItemScope = "key"
	LimitMetersQuotasItemScopeProject LimitMetersQuotasItemScope = "project"
	LimitMetersQuotasItemScopeCeiling LimitMetersQuotasItemScope = "ceiling"
	LimitMetersQuotasItemScopePlan    LimitMetersQuotasItemScope = "plan"
)

type LimitMetersRatesItem struct {
	Scope LimitMetersRatesItemScope `json:"scope"`
	// Policy: The limit's name and what it counts, for a limit of a plan.
	Policy        *LimitMetersRatesItemPolicy `json:"policy"`
	Limit         int64                       `json:"limit"`
	WindowSeconds int64                       `json:"windowSeconds"`
}

type LimitMetersRatesItemPolicy struct {
	API  string `json:"api"`
	Plan string `json:"plan"`
	Name string `json:"name"`
	// Operations: Null for all operations.
	Operations *string `json:"operations"`
}

type LimitMetersRatesItemScope string

const (
	LimitMetersRatesItemScopeKey     LimitMetersRatesItemScope = "key"
	LimitMetersRatesItemScopeProject LimitMetersRatesItemScope = "project"
	LimitMetersRatesItemScopeCeiling LimitMetersRatesItemScope = "ceiling"
	LimitMetersRatesItemScopePlan    LimitMetersRatesItemScope = "plan"
)

// LimitMetersRefused: Requests denied by limits in the last 24 hours.
type LimitMetersRefused struct {
	Rate  int64 `json:"rate"`
	Quota int64 `json:"quota"`
}

type ManagementToken struct {
	ID           string                      `json:"id"`
	Name         string                      `json:"name"`
	Hint         string                      `json:"hint"`
	Scopes       []ManagementTokenScopesItem `json:"scopes"`
	AllowedIPs   []string                    `json:"allowedIps"`
	CreatedAt    time.Time                   `json:"createdAt"`
	ExpiresAt    *time.Time                  `json:"expiresAt"`
	Older        *ManagementTokenOlder       `json:"older"`
	LastUsedAt   *time.Time                  `json:"lastUsedAt"`
	LastUsedFrom *string                     `json:"lastUsedFrom"`
	RevokedAt    *time.Time                  `json:"revokedAt"`
}

type ManagementTokenOlder struct {
	Hint       string     `json:"hint"`
	LapsesAt   time.Time  `json:"lapsesAt"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
}

type ManagementTokenScopesItem string

const (
	ManagementTokenScopesItemProjectsRead   ManagementTokenScopesItem = "projects:read"
	ManagementTokenScopesItemProjectsWrite  ManagementTokenScopesItem = "projects:write"
	ManagementTokenScopesItemMembersRead    ManagementTokenScopesItem = "members:read"
	ManagementTokenScopesItemMembersWrite   ManagementTokenScopesItem = "members:write"
	ManagementTokenScopesItemKeysRead       ManagementTokenScopesItem = "keys:read"
	ManagementTokenScopesItemKeysWrite      ManagementTokenScopesItem = "keys:write"
	ManagementTokenScopesItemUsageRead      ManagementTokenScopesItem = "usage:read"
	ManagementTokenScopesItemUsageWrite     ManagementTokenScopesItem = "usage:write"
	ManagementTokenScopesItemAuditRead      ManagementTokenScopesItem = "audit:read"
	ManagementTokenScopesItemAuditWrite     ManagementTokenScopesItem = "audit:write"
	ManagementTokenScopesItemCatalogueRead  ManagementTokenScopesItem = "catalogue:read"
	ManagementTokenScopesItemCatalogueWrite ManagementTokenScopesItem = "catalogue:write"
	ManagementTokenScopesItemAdminRead      ManagementTokenScopesItem = "admin:read"
	ManagementTokenScopesItemAdminWrite     ManagementTokenScopesItem = "admin:write"
)

type Me struct {
	User     MeUser           `json:"user"`
	Projects []MeProjectsItem `json:"projects"`
}

type MeProjectsItem struct {
	ID   string             `json:"id"`
	Name string             `json:"name"`
	Role MeProjectsItemRole `json:"role"`
}

type MeProjectsItemRole string

const (
	MeProjectsItemRoleOwner     MeProjectsItemRole = "owner"
	MeProjectsItemRoleDeveloper MeProjectsItemRole = "developer"
	MeProjectsItemRoleViewer    MeProjectsItemRole = "viewer"
)

type MeUser struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Email    string         `json:"email"`
	SiteRole MeUserSiteRole `json:"siteRole"`
}

type MeUserSiteRole string

const (
	MeUserSiteRoleAdmin     MeUserSiteRole = "admin"
	MeUserSiteRoleDeveloper MeUserSiteRole = "developer"
)

type Member struct {
	User  MemberUser `json:"user"`
	Role  MemberRole `json:"role"`
	Since time.Time  `json:"since"`
}

type MemberRole string

const (
	MemberRoleOwner     MemberRole = "owner"
	MemberRoleDeveloper MemberRole = "developer"
	MemberRoleViewer    MemberRole = "viewer"
)

type MemberUser struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

type Notice struct {
	ID      string         `json:"id"`
	Time    time.Time      `json:"time"`
	Kind    NoticeKind     `json:"kind"`
	Project NoticeProject  `json:"project"`
	Subject NoticeSubject  `json:"subject"`
	By      string         `json:"by"`
	Data    map[string]any `json:"data"`
	Title   string         `json:"title"`
	Text    string         `json:"text"`
	Path    string         `json:"path"`
	ReadAt  *time.Time     `json:"readAt"`
}

type NoticeKind string

const (
	NoticeKindKeyCreated             NoticeKind = "key.created"
	NoticeKindKeyExpiring            NoticeKind = "key.expiring"
	NoticeKindKeyDisabled            NoticeKind = "key.disabled"
	NoticeKindKeyEnabled             NoticeKind = "key.enabled"
	NoticeKindKeyRevoked             NoticeKind = "key.revoked"
	NoticeKindKeyRestored            NoticeKind = "key.restored"
	NoticeKindKeyRotated             NoticeKind = "key.rotated"
	NoticeKindKeyUnused              NoticeKind = "key.unused"
	NoticeKindKeyRuleBroken          NoticeKind = "key.rule-broken"
	NoticeKindKeyExemptionEnding     NoticeKind = "key.exemption-ending"
	NoticeKindKeyApprovalRequested   NoticeKind = "key.approval-requested"
	NoticeKindKeyApproved            NoticeKind = "key.approved"
	NoticeKindKeyRefused             NoticeKind = "key.refused"
	NoticeKindKeySecretOld           NoticeKind = "key.secret-old"
	NoticeKindKeyLeaked              NoticeKind = "key.leaked"
	NoticeKindKeysCreated            NoticeKind = "keys.created"
	NoticeKindKeysRevoked            NoticeKind = "keys.revoked"
	NoticeKindKeysDisabled           NoticeKind = "keys.disabled"
	NoticeKindKeysUnused             NoticeKind = "keys.unused"
	NoticeKindKeysRuleBroken         NoticeKind = "keys.rule-broken"
	NoticeKindKeysApprovalRequested  NoticeKind = "keys.approval-requested"
	NoticeKindKeysRestored           NoticeKind = "keys.restored"
	NoticeKindQuotaNearing           NoticeKind = "quota.nearing"
	NoticeKindQuotaExhausted         NoticeKind = "quota.exhausted"
	NoticeKindMemberAdded            NoticeKind = "member.added"
	NoticeKindMemberChangedByToken   NoticeKind = "member.changed-by-token"
	NoticeKindMemberCredentialsEnded NoticeKind = "member.credentials-ended"
	NoticeKindAccessRequested        NoticeKind = "access.requested"
	NoticeKindAccessEnabled          NoticeKind = "access.enabled"
	NoticeKindAccessDisabled         NoticeKind = "access.disabled"
	NoticeKindAccessApproved         NoticeKind = "access.approved"
	NoticeKindAccessDeclined         NoticeKind = "access.declined"
	NoticeKindOperationsDeprecated   NoticeKind = "operations.deprecated"
	NoticeKindPlanChanged            NoticeKind = "plan.changed"
	NoticeKindPlanApproved           NoticeKind = "plan.approved"
	NoticeKindPlanDeclined           NoticeKind = "plan.declined"
	NoticeKindPlanUpdated            NoticeKind = "plan.updated"
	NoticeKindPlanTrialEnding        NoticeKind = "plan.trial-ending"
	NoticeKindProjectCreated         NoticeKind = "project.created"
	NoticeKindProjectSuspended       NoticeKind = "project.suspended"
	NoticeKindProjectResumed         NoticeKind = "project.resumed"
	NoticeKindProjectDeleted         NoticeKind = "project.deleted"
	NoticeKindAlertQuota             NoticeKind = "alert.quota"
	NoticeKindAlertDenials           NoticeKind = "alert.denials"
	NoticeKindAlertNewNetwork        NoticeKind = "alert.new-network"
	NoticeKindAlertDormantKey        NoticeKind = "alert.dormant-key"
	NoticeKindWebhookTest            NoticeKind = "webhook.test"
)

type NoticeProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type NoticeSubject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type PatchAPIsByAPIPlansBySlugBody struct {
	Name        *string                                  `json:"name,omitempty"`
	Description *string                                  `json:"description,omitempty"`
	Visibility  *PatchAPIsByAPIPlansBySlugBodyVisibility `json:"visibility,omitempty"`
	Approval    *bool                                    `json:"approval,omitempty"`
	// Archived: Whether no project can subscribe anymore.
	Archived *bool                                      `json:"archived,omitempty"`
	Limits   *[]PatchAPIsByAPIPlansBySlugBodyLimitsItem `json:"limits,omitempty"`
	// UnitsPerOperation: Units of a call by its operation, or by pattern with `*` at the end: the longest pattern that matches applies. 0 is free, and 1 applies without an entry. The `cost` of a verification multiplies them.
	UnitsPerOperation *map[string]int64 `json:"unitsPerOperation,omitempty"`
	// IncludedUnits: Units per calendar month (UTC); null if all are included.
	IncludedUnits *Nullable[int64] `json:"includedUnits,omitempty"`
	// Overage: Whether requests are denied once the included units are used up.
	Overage *PatchAPIsByAPIPlansBySlugBodyOverage `json:"overage,omitempty"`
	// TrialDays: How long a project's first subscription to the plan is free of charge, days.
	TrialDays *Nullable[int64] `json:"trialDays,omitempty"`
	// Price: Information only: the portal takes no payments.
	Price *Nullable[PatchAPIsByAPIPlansBySlugBodyPrice] `json:"price,omitempty"`
	// TakesEffect: When subscribers move to the new version: now, or at the end of the calendar month (UTC).
	TakesEffect *PatchAPIsByAPIPlansBySlugBodyTakesEffect `json:"takesEffect,omitempty"`
	// ReplacePlanned: Whether terms that take effect now may replace a version that is planned. Default: false.
	ReplacePlanned *bool `json:"replacePlanned,omitempty"`
}

type PatchAPIsByAPIPlansBySlugBodyLimitsItem struct {
	Name string `json:"name"`
	// Operations: An operation, or those that begin like this if it ends in `*`. Null for all operations.
	Operations *Nullable[string]                                       `json:"operations,omitempty"`
	Rate       *Nullable[PatchAPIsByAPIPlansBySlugBodyLimitsItemRate]  `json:"rate,omitempty"`
	Quota      *Nullable[PatchAPIsByAPIPlansBySlugBodyLimitsItemQuota] `json:"quota,omitempty"`
}

type PatchAPIsByAPIPlansBySlugBodyLimitsItemQuota struct {
	Limit  int64                                              `json:"limit"`
	Period PatchAPIsByAPIPlansBySlugBodyLimitsItemQuotaPeriod `json:"period"`
}

type PatchAPIsByAPIPlansBySlugBodyLimitsItemQuotaPeriod string

const (
	PatchAPIsByAPIPlansBySlugBodyLimitsItemQuotaPeriodDay   PatchAPIsByAPIPlansBySlugBodyLimitsItemQuotaPeriod = "day"
	PatchAPIsByAPIPlansBySlugBodyLimitsItemQuotaPeriodMonth PatchAPIsByAPIPlansBySlugBodyLimitsItemQuotaPeriod = "month"
)

type PatchAPIsByAPIPlansBySlugBodyLimitsItemRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

// PatchAPIsByAPIPlansBySlugBodyOverage: Whether requests are denied once the included units are used up.
type PatchAPIsByAPIPlansBySlugBodyOverage string

const (
	PatchAPIsByAPIPlansBySlugBodyOverageBlock PatchAPIsByAPIPlansBySlugBodyOverage = "block"
	PatchAPIsByAPIPlansBySlugBodyOverageAllow PatchAPIsByAPIPlansBySlugBodyOverage = "allow"
)

// PatchAPIsByAPIPlansBySlugBodyPrice: Information only: the portal takes no payments.
type PatchAPIsByAPIPlansBySlugBodyPrice struct {
	Currency string `json:"currency"`
	Monthly  any    `json:"monthly,omitempty"`
	// PerThousand: Per 1,000 units over the included ones.
	PerThousand any `json:"perThousand,omitempty"`
}

// PatchAPIsByAPIPlansBySlugBodyTakesEffect: When subscribers move to the new version: now, or at the end of the calendar month (UTC).
type PatchAPIsByAPIPlansBySlugBodyTakesEffect string

const (
	PatchAPIsByAPIPlansBySlugBodyTakesEffectNow       PatchAPIsByAPIPlansBySlugBodyTakesEffect = "now"
	PatchAPIsByAPIPlansBySlugBodyTakesEffectPeriodEnd PatchAPIsByAPIPlansBySlugBodyTakesEffect = "period-end"
)

type PatchAPIsByAPIPlansBySlugBodyVisibility string

const (
	PatchAPIsByAPIPlansBySlugBodyVisibilityPublic  PatchAPIsByAPIPlansBySlugBodyVisibility = "public"
	PatchAPIsByAPIPlansBySlugBodyVisibilityPrivate PatchAPIsByAPIPlansBySlugBodyVisibility = "private"
)

type PatchAPIsBySlugBody struct {
	Name          *string                          `json:"name,omitempty"`
	Description   *string                          `json:"description,omitempty"`
	Access        *PatchAPIsBySlugBodyAccess       `json:"access,omitempty"`
	AllowKeyInURL *bool                            `json:"allowKeyInUrl,omitempty"`
	BaseURL       *Nullable[string]                `json:"baseUrl,omitempty"`
	PathMatching  *PatchAPIsBySlugBodyPathMatching `json:"pathMatching,omitempty"`
	Visibility    *PatchAPIsBySlugBodyVisibility   `json:"visibility,omitempty"`
	// VisibleTo: The ids of projects whose members may see an API with the visibility `projects`.
	VisibleTo *[]string `json:"visibleTo,omitempty"`
	// Scopes: Scopes besides those of the OpenAPI document.
	Scopes     *[]PatchAPIsBySlugBodyScopesItem     `json:"scopes,omitempty"`
	Operations *[]PatchAPIsBySlugBodyOperationsItem `json:"operations,omitempty"`
	Openapi    any                                  `json:"openapi,omitempty"`
}

type PatchAPIsBySlugBodyAccess string

const (
	PatchAPIsBySlugBodyAccessOpen     PatchAPIsBySlugBodyAccess = "open"
	PatchAPIsBySlugBodyAccessApproval PatchAPIsBySlugBodyAccess = "approval"
)

type PatchAPIsBySlugBodyOperationsItem struct {
	Name    string            `json:"name"`
	Summary *Nullable[string] `json:"summary,omitempty"`
	Method  *Nullable[string] `json:"method,omitempty"`
	Path    *Nullable[string] `json:"path,omitempty"`
	// RequiredScopes: Left out: an operation that the API has keeps its own, and a new one needs none. Null for none.
	RequiredScopes any `json:"requiredScopes,omitempty"`
}

type PatchAPIsBySlugBodyPathMatching string

const (
	PatchAPIsBySlugBodyPathMatchingSafe  PatchAPIsBySlugBodyPathMatching = "safe"
	PatchAPIsBySlugBodyPathMatchingExact PatchAPIsBySlugBodyPathMatching = "exact"
)

type PatchAPIsBySlugBodyScopesItem struct {
	Name        string  `json:"name"`
	Description *string `json:"description,omitempty"`
}

type PatchAPIsBySlugBodyVisibility string

const (
	PatchAPIsBySlugBodyVisibilityPublic   PatchAPIsBySlugBodyVisibility = "public"
	PatchAPIsBySlugBodyVisibilityMembers  PatchAPIsBySlugBodyVisibility = "members"
	PatchAPIsBySlugBodyVisibilityProjects PatchAPIsBySlugBodyVisibility = "projects"
)

type PatchAdminBillingExportsByExportIDBody struct {
	Name      *string `json:"name,omitempty"`
	URL       *string `json:"url,omitempty"`
	EventName *string `json:"eventName,omitempty"`
	// Secret: Null removes it.
	Secret *Nullable[string] `json:"secret,omitempty"`
	// Enabled: False pauses the export.
	Enabled *bool `json:"enabled,omitempty"`
}

type PatchAdminPoliciesBody struct {
	LiveKeysNeedApplicationRestriction *bool                                      `json:"liveKeysNeedApplicationRestriction,omitempty"`
	SecretAge                          *Nullable[PatchAdminPoliciesBodySecretAge] `json:"secretAge,omitempty"`
	UnusedKeys                         *PatchAdminPoliciesBodyUnusedKeys          `json:"unusedKeys,omitempty"`
	LeakedKeys                         *PatchAdminPoliciesBodyLeakedKeys          `json:"leakedKeys,omitempty"`
	ManagementTokens                   *PatchAdminPoliciesBodyManagementTokens    `json:"managementTokens,omitempty"`
	SecondFactor                       *PatchAdminPoliciesBodySecondFactor        `json:"secondFactor,omitempty"`
	KeyRules                           *PatchAdminPoliciesBodyKeyRules            `json:"keyRules,omitempty"`
}

type PatchAdminPoliciesBodyKeyRules struct {
	MaxLifeDays         PatchAdminPoliciesBodyKeyRulesMaxLifeDays   `json:"maxLifeDays"`
	ExpiryRequired      bool                                        `json:"expiryRequired"`
	NamePattern         *string                                     `json:"namePattern"`
	DescriptionRequired bool                                        `json:"descriptionRequired"`
	ExternalIDRequired  bool                                        `json:"externalIdRequired"`
	ApprovalRequired    *bool                                       `json:"approvalRequired,omitempty"`
	ExistingKeys        *PatchAdminPoliciesBodyKeyRulesExistingKeys `json:"existingKeys,omitempty"`
	NoticeDays          *int64                                      `json:"noticeDays,omitempty"`
}

type PatchAdminPoliciesBodyKeyRulesExistingKeys string

const (
	PatchAdminPoliciesBodyKeyRulesExistingKeysKeep    PatchAdminPoliciesBodyKeyRulesExistingKeys = "keep"
	PatchAdminPoliciesBodyKeyRulesExistingKeysNotify  PatchAdminPoliciesBodyKeyRulesExistingKeys = "notify"
	PatchAdminPoliciesBodyKeyRulesExistingKeysDisable PatchAdminPoliciesBodyKeyRulesExistingKeys = "disable"
)

type PatchAdminPoliciesBodyKeyRulesMaxLifeDays struct {
	Live *int64 `json:"live"`
	Test *int64 `json:"test"`
}

type PatchAdminPoliciesBodyLeakedKeys struct {
	Live PatchAdminPoliciesBodyLeakedKeysLive `json:"live"`
	Test PatchAdminPoliciesBodyLeakedKeysTest `json:"test"`
}

type PatchAdminPoliciesBodyLeakedKeysLive string

const (
	PatchAdminPoliciesBodyLeakedKeysLiveTell    PatchAdminPoliciesBodyLeakedKeysLive = "tell"
	PatchAdminPoliciesBodyLeakedKeysLiveDisable PatchAdminPoliciesBodyLeakedKeysLive = "disable"
)

type PatchAdminPoliciesBodyLeakedKeysTest string

const (
	PatchAdminPoliciesBodyLeakedKeysTestTell    PatchAdminPoliciesBodyLeakedKeysTest = "tell"
	PatchAdminPoliciesBodyLeakedKeysTestDisable PatchAdminPoliciesBodyLeakedKeysTest = "disable"
)

type PatchAdminPoliciesBodyManagementTokens struct {
	MaxDays *int64 `json:"maxDays"`
}

type PatchAdminPoliciesBodySecondFactor string

const (
	PatchAdminPoliciesBodySecondFactorOptional PatchAdminPoliciesBodySecondFactor = "optional"
	PatchAdminPoliciesBodySecondFactorAdmins   PatchAdminPoliciesBodySecondFactor = "admins"
	PatchAdminPoliciesBodySecondFactorEveryone PatchAdminPoliciesBodySecondFactor = "everyone"
)

type PatchAdminPoliciesBodySecretAge struct {
	MaxDays int64 `json:"maxDays"`
	Cut     bool  `json:"cut"`
}

type PatchAdminPoliciesBodyUnusedKeys struct {
	WarnDays    *int64 `json:"warnDays"`
	DisableDays *int64 `json:"disableDays"`
	RevokeDays  *int64 `json:"revokeDays"`
}

type PatchAdminServiceTokensByServiceTokenIDBody struct {
	LocalVerification *bool `json:"localVerification,omitempty"`
}

type PatchAdminWebhooksByWebhookIDBody struct {
	URL     *string                                       `json:"url,omitempty"`
	Kinds   *[]PatchAdminWebhooksByWebhookIDBodyKindsItem `json:"kinds,omitempty"`
	Enabled *bool                                         `json:"enabled,omitempty"`
}

type PatchAdminWebhooksByWebhookIDBodyKindsItem string

const (
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyCreated             PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.created"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyExpiring            PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.expiring"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyDisabled            PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.disabled"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyEnabled             PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.enabled"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyRevoked             PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.revoked"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyRestored            PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.restored"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyRotated             PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.rotated"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyUnused              PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.unused"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyRuleBroken          PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.rule-broken"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyExemptionEnding     PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.exemption-ending"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyApprovalRequested   PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.approval-requested"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyApproved            PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.approved"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyRefused             PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.refused"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeySecretOld           PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.secret-old"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeyLeaked              PatchAdminWebhooksByWebhookIDBodyKindsItem = "key.leaked"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeysCreated            PatchAdminWebhooksByWebhookIDBodyKindsItem = "keys.created"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeysRevoked            PatchAdminWebhooksByWebhookIDBodyKindsItem = "keys.revoked"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeysDisabled           PatchAdminWebhooksByWebhookIDBodyKindsItem = "keys.disabled"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeysUnused             PatchAdminWebhooksByWebhookIDBodyKindsItem = "keys.unused"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeysRuleBroken         PatchAdminWebhooksByWebhookIDBodyKindsItem = "keys.rule-broken"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeysApprovalRequested  PatchAdminWebhooksByWebhookIDBodyKindsItem = "keys.approval-requested"
	PatchAdminWebhooksByWebhookIDBodyKindsItemKeysRestored           PatchAdminWebhooksByWebhookIDBodyKindsItem = "keys.restored"
	PatchAdminWebhooksByWebhookIDBodyKindsItemQuotaNearing           PatchAdminWebhooksByWebhookIDBodyKindsItem = "quota.nearing"
	PatchAdminWebhooksByWebhookIDBodyKindsItemQuotaExhausted         PatchAdminWebhooksByWebhookIDBodyKindsItem = "quota.exhausted"
	PatchAdminWebhooksByWebhookIDBodyKindsItemMemberAdded            PatchAdminWebhooksByWebhookIDBodyKindsItem = "member.added"
	PatchAdminWebhooksByWebhookIDBodyKindsItemMemberChangedByToken   PatchAdminWebhooksByWebhookIDBodyKindsItem = "member.changed-by-token"
	PatchAdminWebhooksByWebhookIDBodyKindsItemMemberCredentialsEnded PatchAdminWebhooksByWebhookIDBodyKindsItem = "member.credentials-ended"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAccessRequested        PatchAdminWebhooksByWebhookIDBodyKindsItem = "access.requested"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAccessEnabled          PatchAdminWebhooksByWebhookIDBodyKindsItem = "access.enabled"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAccessDisabled         PatchAdminWebhooksByWebhookIDBodyKindsItem = "access.disabled"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAccessApproved         PatchAdminWebhooksByWebhookIDBodyKindsItem = "access.approved"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAccessDeclined         PatchAdminWebhooksByWebhookIDBodyKindsItem = "access.declined"
	PatchAdminWebhooksByWebhookIDBodyKindsItemOperationsDeprecated   PatchAdminWebhooksByWebhookIDBodyKindsItem = "operations.deprecated"
	PatchAdminWebhooksByWebhookIDBodyKindsItemPlanChanged            PatchAdminWebhooksByWebhookIDBodyKindsItem = "plan.changed"
	PatchAdminWebhooksByWebhookIDBodyKindsItemPlanApproved           PatchAdminWebhooksByWebhookIDBodyKindsItem = "plan.approved"
	PatchAdminWebhooksByWebhookIDBodyKindsItemPlanDeclined           PatchAdminWebhooksByWebhookIDBodyKindsItem = "plan.declined"
	PatchAdminWebhooksByWebhookIDBodyKindsItemPlanUpdated            PatchAdminWebhooksByWebhookIDBodyKindsItem = "plan.updated"
	PatchAdminWebhooksByWebhookIDBodyKindsItemPlanTrialEnding        PatchAdminWebhooksByWebhookIDBodyKindsItem = "plan.trial-ending"
	PatchAdminWebhooksByWebhookIDBodyKindsItemProjectCreated         PatchAdminWebhooksByWebhookIDBodyKindsItem = "project.created"
	PatchAdminWebhooksByWebhookIDBodyKindsItemProjectSuspended       PatchAdminWebhooksByWebhookIDBodyKindsItem = "project.suspended"
	PatchAdminWebhooksByWebhookIDBodyKindsItemProjectResumed         PatchAdminWebhooksByWebhookIDBodyKindsItem = "project.resumed"
	PatchAdminWebhooksByWebhookIDBodyKindsItemProjectDeleted         PatchAdminWebhooksByWebhookIDBodyKindsItem = "project.deleted"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAlertQuota             PatchAdminWebhooksByWebhookIDBodyKindsItem = "alert.quota"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAlertDenials           PatchAdminWebhooksByWebhookIDBodyKindsItem = "alert.denials"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAlertNewNetwork        PatchAdminWebhooksByWebhookIDBodyKindsItem = "alert.new-network"
	PatchAdminWebhooksByWebhookIDBodyKindsItemAlertDormantKey        PatchAdminWebhooksByWebhookIDBodyKindsItem = "alert.dormant-key"
)

type PatchProjectsByProjectIDAlertsByAlertIDBody struct {
	Rule     *PatchProjectsByProjectIDAlertsByAlertIDBodyRule `json:"rule,omitempty"`
	Bell     *bool                                            `json:"bell,omitempty"`
	Mail     *bool                                            `json:"mail,omitempty"`
	Webhooks *bool                                            `json:"webhooks,omitempty"`
	Enabled  *bool                                            `json:"enabled,omitempty"`
}

type PatchProjectsByProjectIDAlertsByAlertIDBodyRule struct {
	Kind    string `json:"kind"`
	Percent *int64 `json:"percent,omitempty"`
	// MinRequests: Fewer requests in the window never fire.
	MinRequests   *int64 `json:"minRequests,omitempty"`
	WindowMinutes *int64 `json:"windowMinutes,omitempty"`
	// Days: A key is used that was not used for so many days.
	Days *int64 `json:"days,omitempty"`
}

type PatchProjectsByProjectIDBody struct {
	Name   *string                             `json:"name,omitempty"`
	Limits *PatchProjectsByProjectIDBodyLimits `json:"limits,omitempty"`
}

type PatchProjectsByProjectIDBodyLimits struct {
	Rate  *Nullable[PatchProjectsByProjectIDBodyLimitsRate]  `json:"rate,omitempty"`
	Quota *Nullable[PatchProjectsByProjectIDBodyLimitsQuota] `json:"quota,omitempty"`
}

type PatchProjectsByProjectIDBodyLimitsQuota struct {
	Limit  int64                                         `json:"limit"`
	Period PatchProjectsByProjectIDBodyLimitsQuotaPeriod `json:"period"`
}

type PatchProjectsByProjectIDBodyLimitsQuotaPeriod string

const (
	PatchProjectsByProjectIDBodyLimitsQuotaPeriodDay   PatchProjectsByProjectIDBodyLimitsQuotaPeriod = "day"
	PatchProjectsByProjectIDBodyLimitsQuotaPeriodMonth PatchProjectsByProjectIDBodyLimitsQuotaPeriod = "month"
)

type PatchProjectsByProjectIDBodyLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type PatchProjectsByProjectIDKeysByKeyIDBody struct {
	Name         *string                                                 `json:"name,omitempty"`
	ExpiresAt    *Nullable[string]                                       `json:"expiresAt,omitempty"`
	Enabled      *bool                                                   `json:"enabled,omitempty"`
	Restrictions *PatchProjectsByProjectIDKeysByKeyIDBodyRestrictions    `json:"restrictions,omitempty"`
	Trial        *Nullable[PatchProjectsByProjectIDKeysByKeyIDBodyTrial] `json:"trial,omitempty"`
	Limits       *PatchProjectsByProjectIDKeysByKeyIDBodyLimits          `json:"limits,omitempty"`
	Metadata     *map[string]any                                         `json:"metadata,omitempty"`
	Description  *string                                                 `json:"description,omitempty"`
	// Tags: Up to 20 tags. Stored in lower case, sorted, each once.
	Tags *[]string `json:"tags,omitempty"`
	// ExternalID: The ID of the customer, tenant or app in your own system; case matters.
	ExternalID *Nullable[string] `json:"externalId,omitempty"`
	// Expected: The sets that you edited: if the key has different sets now, the response is a conflict and nothing changes.
	Expected *PatchProjectsByProjectIDKeysByKeyIDBodyExpected `json:"expected,omitempty"`
}

// PatchProjectsByProjectIDKeysByKeyIDBodyExpected: The sets that you edited: if the key has different sets now, the response is a conflict and nothing changes.
type PatchProjectsByProjectIDKeysByKeyIDBodyExpected struct {
	Restrictions *PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictions    `json:"restrictions,omitempty"`
	Trial        *Nullable[PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrial] `json:"trial,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictions struct {
	IPs       *[]string                                                              `json:"ips,omitempty"`
	Referrers *[]string                                                              `json:"referrers,omitempty"`
	Apps      *PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsApps       `json:"apps,omitempty"`
	APIs      *[]PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsAPIsItem `json:"apis,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsApps struct {
	Android *[]PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsAppsIOSItem     `json:"ios,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedRestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrial struct {
	IPs       *[]string                                                       `json:"ips,omitempty"`
	Referrers *[]string                                                       `json:"referrers,omitempty"`
	Apps      *PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialApps       `json:"apps,omitempty"`
	APIs      *[]PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialAPIsItem `json:"apis,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialApps struct {
	Android *[]PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialAppsIOSItem     `json:"ios,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyExpectedTrialAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyLimits struct {
	Rate  *Nullable[PatchProjectsByProjectIDKeysByKeyIDBodyLimitsRate]  `json:"rate,omitempty"`
	Quota *Nullable[PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuota] `json:"quota,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuota struct {
	Limit  int64                                                    `json:"limit"`
	Period PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuotaPeriod `json:"period"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuotaPeriod string

const (
	PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuotaPeriodDay   PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuotaPeriod = "day"
	PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuotaPeriodMonth PatchProjectsByProjectIDKeysByKeyIDBodyLimitsQuotaPeriod = "month"
)

type PatchProjectsByProjectIDKeysByKeyIDBodyLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyRestrictions struct {
	IPs       *[]string                                                      `json:"ips,omitempty"`
	Referrers *[]string                                                      `json:"referrers,omitempty"`
	Apps      *PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsApps       `json:"apps,omitempty"`
	APIs      *[]PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsAPIsItem `json:"apis,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsApps struct {
	Android *[]PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsAppsIOSItem     `json:"ios,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyRestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyTrial struct {
	IPs       *[]string                                               `json:"ips,omitempty"`
	Referrers *[]string                                               `json:"referrers,omitempty"`
	Apps      *PatchProjectsByProjectIDKeysByKeyIDBodyTrialApps       `json:"apps,omitempty"`
	APIs      *[]PatchProjectsByProjectIDKeysByKeyIDBodyTrialAPIsItem `json:"apis,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyTrialAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyTrialApps struct {
	Android *[]PatchProjectsByProjectIDKeysByKeyIDBodyTrialAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PatchProjectsByProjectIDKeysByKeyIDBodyTrialAppsIOSItem     `json:"ios,omitempty"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyTrialAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PatchProjectsByProjectIDKeysByKeyIDBodyTrialAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PatchProjectsByProjectIDKeysByKeyIDSecretsBySecretIDBody struct {
	LapsesAt string `json:"lapsesAt"`
}

type PatchProjectsByProjectIDWebhooksByWebhookIDBody struct {
	URL     *string                                                     `json:"url,omitempty"`
	Kinds   *[]PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem `json:"kinds,omitempty"`
	Enabled *bool                                                       `json:"enabled,omitempty"`
}

type PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem string

const (
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyCreated             PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.created"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyExpiring            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.expiring"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyDisabled            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.disabled"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyEnabled             PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.enabled"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyRevoked             PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.revoked"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyRestored            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.restored"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyRotated             PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.rotated"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyUnused              PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.unused"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyRuleBroken          PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.rule-broken"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyExemptionEnding     PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.exemption-ending"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyApprovalRequested   PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.approval-requested"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyApproved            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.approved"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyRefused             PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.refused"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeySecretOld           PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.secret-old"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeyLeaked              PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "key.leaked"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeysCreated            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "keys.created"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeysRevoked            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "keys.revoked"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeysDisabled           PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "keys.disabled"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeysUnused             PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "keys.unused"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeysRuleBroken         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "keys.rule-broken"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeysApprovalRequested  PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "keys.approval-requested"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemKeysRestored           PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "keys.restored"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemQuotaNearing           PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "quota.nearing"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemQuotaExhausted         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "quota.exhausted"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemMemberAdded            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "member.added"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemMemberChangedByToken   PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "member.changed-by-token"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemMemberCredentialsEnded PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "member.credentials-ended"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAccessRequested        PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "access.requested"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAccessEnabled          PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "access.enabled"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAccessDisabled         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "access.disabled"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAccessApproved         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "access.approved"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAccessDeclined         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "access.declined"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemOperationsDeprecated   PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "operations.deprecated"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemPlanChanged            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "plan.changed"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemPlanApproved           PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "plan.approved"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemPlanDeclined           PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "plan.declined"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemPlanUpdated            PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "plan.updated"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemPlanTrialEnding        PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "plan.trial-ending"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemProjectCreated         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "project.created"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemProjectSuspended       PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "project.suspended"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemProjectResumed         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "project.resumed"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemProjectDeleted         PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "project.deleted"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAlertQuota             PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "alert.quota"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAlertDenials           PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "alert.denials"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAlertNewNetwork        PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "alert.new-network"
	PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItemAlertDormantKey        PatchProjectsByProjectIDWebhooksByWebhookIDBodyKindsItem = "alert.dormant-key"
)

type PendingAccess struct {
	Project     PendingAccessProject     `json:"project"`
	API         PendingAccessAPI         `json:"api"`
	RequestedBy PendingAccessRequestedBy `json:"requestedBy"`
	RequestedAt time.Time                `json:"requestedAt"`
	// Reason: Why the project needs it; null if it gave no reason.
	Reason *string `json:"reason"`
	// Plan: The plan that was asked for; null if the API had none.
	Plan *PendingAccessPlan `json:"plan"`
	// Enabled: Whether the project has enabled the API already and asks for another plan.
	Enabled bool `json:"enabled"`
}

type PendingAccessAPI struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type PendingAccessPlan struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type PendingAccessProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type PendingAccessRequestedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type Plan struct {
	API         string `json:"api"`
	Slug        string `json:"slug"`
	Name        string `json:"name"`
	Description string `json:"description"`
	// Visibility: A private plan is given to projects by administrators.
	Visibility PlanVisibility `json:"visibility"`
	// Approval: Whether an administrator must approve each subscription.
	Approval          bool             `json:"approval"`
	Limits            []PlanLimitsItem `json:"limits"`
	UnitsPerOperation map[string]int64 `json:"unitsPerOperation"`
	// IncludedUnits: Units per calendar month (UTC); null if all are included.
	IncludedUnits *int64 `json:"includedUnits"`
	// Overage: Whether requests are denied once the included units are used up.
	Overage PlanOverage `json:"overage"`
	// TrialDays: How long a project's first subscription to the plan is free of charge, days.
	TrialDays *int64 `json:"trialDays"`
	// Price: Information only: the portal takes no payments.
	Price *PlanPrice `json:"price"`
	// Version: The version in effect, whose terms these are.
	Version int64 `json:"version"`
	// Next: The version that takes effect at the end of the month; null if there is none.
	Next *PlanNext `json:"next"`
	// UnmatchedPatterns: Patterns in the terms that match no operation of the API; none if it lists no operations.
	UnmatchedPatterns []string  `json:"unmatchedPatterns"`
	CreatedAt         time.Time `json:"createdAt"`
	UpdatedAt         time.Time `json:"updatedAt"`
	// ArchivedAt: Since when no project can subscribe.
	ArchivedAt *time.Time `json:"archivedAt"`
}

type PlanLimitsItem struct {
	Name       string               `json:"name"`
	Operations *string              `json:"operations"`
	Rate       *PlanLimitsItemRate  `json:"rate"`
	Quota      *PlanLimitsItemQuota `json:"quota"`
}

type PlanLimitsItemQuota struct {
	Limit  int64                     `json:"limit"`
	Period PlanLimitsItemQuotaPeriod `json:"period"`
}

type PlanLimitsItemQuotaPeriod string

const (
	PlanLimitsItemQuotaPeriodDay   PlanLimitsItemQuotaPeriod = "day"
	PlanLimitsItemQuotaPeriodMonth PlanLimitsItemQuotaPeriod = "month"
)

type PlanLimitsItemRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type PlanNext struct {
	Version   int64     `json:"version"`
	AppliesAt time.Time `json:"appliesAt"`
	Terms     PlanTerms `json:"terms"`
}

// PlanOverage: Whether requests are denied once the included units are used up.
type PlanOverage string

const (
	PlanOverageBlock PlanOverage = "block"
	PlanOverageAllow PlanOverage = "allow"
)

type PlanOverrideTerms struct {
	Limits            []PlanOverrideTermsLimitsItem `json:"limits,omitempty"`
	UnitsPerOperation map[string]int64              `json:"unitsPerOperation,omitempty"`
	// IncludedUnits: Units per calendar month (UTC); null if all are included.
	IncludedUnits *int64 `json:"includedUnits,omitempty"`
	// Overage: Whether requests are denied once the included units are used up.
	Overage *PlanOverrideTermsOverage `json:"overage,omitempty"`
	// Price: Information only: the portal takes no payments.
	Price *PlanOverrideTermsPrice `json:"price,omitempty"`
}

type PlanOverrideTermsLimitsItem struct {
	Name       string                            `json:"name"`
	Operations *string                           `json:"operations"`
	Rate       *PlanOverrideTermsLimitsItemRate  `json:"rate"`
	Quota      *PlanOverrideTermsLimitsItemQuota `json:"quota"`
}

type PlanOverrideTermsLimitsItemQuota struct {
	Limit  int64                                  `json:"limit"`
	Period PlanOverrideTermsLimitsItemQuotaPeriod `json:"period"`
}

type PlanOverrideTermsLimitsItemQuotaPeriod string

const (
	PlanOverrideTermsLimitsItemQuotaPeriodDay   PlanOverrideTermsLimitsItemQuotaPeriod = "day"
	PlanOverrideTermsLimitsItemQuotaPeriodMonth PlanOverrideTermsLimitsItemQuotaPeriod = "month"
)

type PlanOverrideTermsLimitsItemRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

// PlanOverrideTermsOverage: Whether requests are denied once the included units are used up.
type PlanOverrideTermsOverage string

const (
	PlanOverrideTermsOverageBlock PlanOverrideTermsOverage = "block"
	PlanOverrideTermsOverageAllow PlanOverrideTermsOverage = "allow"
)

type PlanOverrideTermsPrice struct {
	Currency    string `json:"currency"`
	Monthly     string `json:"monthly"`
	PerThousand string `json:"perThousand"`
}

type PlanPrice struct {
	Currency    string `json:"currency"`
	Monthly     string `json:"monthly"`
	PerThousand string `json:"perThousand"`
}

type PlanSubscriber struct {
	Project     PlanSubscriberProject `json:"project"`
	StartsAt    time.Time             `json:"startsAt"`
	EndsAt      *time.Time            `json:"endsAt"`
	TrialEndsAt *time.Time            `json:"trialEndsAt"`
	Overridden  bool                  `json:"overridden"`
}

type PlanSubscriberProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type PlanTerms struct {
	Limits            []PlanTermsLimitsItem `json:"limits"`
	UnitsPerOperation map[string]int64      `json:"unitsPerOperation"`
	// IncludedUnits: Units per calendar month (UTC); null if all are included.
	IncludedUnits *int64 `json:"includedUnits"`
	// Overage: Whether requests are denied once the included units are used up.
	Overage PlanTermsOverage `json:"overage"`
	// TrialDays: How long a project's first subscription to the plan is free of charge, days.
	TrialDays *int64 `json:"trialDays"`
	// Price: Information only: the portal takes no payments.
	Price *PlanTermsPrice `json:"price"`
}

type PlanTermsLimitsItem struct {
	Name       string                    `json:"name"`
	Operations *string                   `json:"operations"`
	Rate       *PlanTermsLimitsItemRate  `json:"rate"`
	Quota      *PlanTermsLimitsItemQuota `json:"quota"`
}

type PlanTermsLimitsItemQuota struct {
	Limit  int64                          `json:"limit"`
	Period PlanTermsLimitsItemQuotaPeriod `json:"period"`
}

type PlanTermsLimitsItemQuotaPeriod string

const (
	PlanTermsLimitsItemQuotaPeriodDay   PlanTermsLimitsItemQuotaPeriod = "day"
	PlanTermsLimitsItemQuotaPeriodMonth PlanTermsLimitsItemQuotaPeriod = "month"
)

type PlanTermsLimitsItemRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

// PlanTermsOverage: Whether requests are denied once the included units are used up.
type PlanTermsOverage string

const (
	PlanTermsOverageBlock PlanTermsOverage = "block"
	PlanTermsOverageAllow PlanTermsOverage = "allow"
)

type PlanTermsPrice struct {
	Currency    string `json:"currency"`
	Monthly     string `json:"monthly"`
	PerThousand string `json:"perThousand"`
}

type PlanVersion struct {
	Version int64 `json:"version"`
	// AppliesAt: From when it is in effect, for all subscribers; null if it was replaced before that.
	AppliesAt *time.Time           `json:"appliesAt"`
	CreatedAt time.Time            `json:"createdAt"`
	CreatedBy PlanVersionCreatedBy `json:"createdBy"`
	Terms     PlanTerms            `json:"terms"`
}

type PlanVersionCreatedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PlanVisibility: A private plan is given to projects by administrators.
type PlanVisibility string

const (
	PlanVisibilityPublic  PlanVisibility = "public"
	PlanVisibilityPrivate PlanVisibility = "private"
)

type Policies struct {
	LiveKeysNeedApplicationRestriction bool                     `json:"liveKeysNeedApplicationRestriction"`
	SecretAge                          *PoliciesSecretAge       `json:"secretAge"`
	UnusedKeys                         PoliciesUnusedKeys       `json:"unusedKeys"`
	LeakedKeys                         PoliciesLeakedKeys       `json:"leakedKeys"`
	ManagementTokens                   PoliciesManagementTokens `json:"managementTokens"`
	SecondFactor                       PoliciesSecondFactor     `json:"secondFactor"`
	KeyRules                           KeyRules                 `json:"keyRules"`
}

type PoliciesLeakedKeys struct {
	Live PoliciesLeakedKeysLive `json:"live"`
	Test PoliciesLeakedKeysTest `json:"test"`
}

type PoliciesLeakedKeysLive string

const (
	PoliciesLeakedKeysLiveTell    PoliciesLeakedKeysLive = "tell"
	PoliciesLeakedKeysLiveDisable PoliciesLeakedKeysLive = "disable"
)

type PoliciesLeakedKeysTest string

const (
	PoliciesLeakedKeysTestTell    PoliciesLeakedKeysTest = "tell"
	PoliciesLeakedKeysTestDisable PoliciesLeakedKeysTest = "disable"
)

type PoliciesManagementTokens struct {
	MaxDays *int64 `json:"maxDays"`
}

type PoliciesSecondFactor string

const (
	PoliciesSecondFactorOptional PoliciesSecondFactor = "optional"
	PoliciesSecondFactorAdmins   PoliciesSecondFactor = "admins"
	PoliciesSecondFactorEveryone PoliciesSecondFactor = "everyone"
)

type PoliciesSecretAge struct {
	MaxDays int64 `json:"maxDays"`
	Cut     bool  `json:"cut"`
}

type PoliciesUnusedKeys struct {
	WarnDays    *int64 `json:"warnDays"`
	DisableDays *int64 `json:"disableDays"`
	RevokeDays  *int64 `json:"revokeDays"`
}

type PostAPIsBody struct {
	Slug          string                    `json:"slug"`
	Name          *string                   `json:"name,omitempty"`
	Description   *string                   `json:"description,omitempty"`
	Access        *PostAPIsBodyAccess       `json:"access,omitempty"`
	AllowKeyInURL *bool                     `json:"allowKeyInUrl,omitempty"`
	BaseURL       *Nullable[string]         `json:"baseUrl,omitempty"`
	PathMatching  *PostAPIsBodyPathMatching `json:"pathMatching,omitempty"`
	Visibility    *PostAPIsBodyVisibility   `json:"visibility,omitempty"`
	// VisibleTo: The ids of projects whose members may see an API with the visibility `projects`.
	VisibleTo *[]string `json:"visibleTo,omitempty"`
	// Scopes: Scopes besides those of the OpenAPI document.
	Scopes     *[]PostAPIsBodyScopesItem     `json:"scopes,omitempty"`
	Operations *[]PostAPIsBodyOperationsItem `json:"operations,omitempty"`
	Openapi    any                           `json:"openapi,omitempty"`
}

type PostAPIsBodyAccess string

const (
	PostAPIsBodyAccessOpen     PostAPIsBodyAccess = "open"
	PostAPIsBodyAccessApproval PostAPIsBodyAccess = "approval"
)

type PostAPIsBodyOperationsItem struct {
	Name    string            `json:"name"`
	Summary *Nullable[string] `json:"summary,omitempty"`
	Method  *Nullable[string] `json:"method,omitempty"`
	Path    *Nullable[string] `json:"path,omitempty"`
	// RequiredScopes: Left out: an operation that the API has keeps its own, and a new one needs none. Null for none.
	RequiredScopes any `json:"requiredScopes,omitempty"`
}

type PostAPIsBodyPathMatching string

const (
	PostAPIsBodyPathMatchingSafe  PostAPIsBodyPathMatching = "safe"
	PostAPIsBodyPathMatchingExact PostAPIsBodyPathMatching = "exact"
)

type PostAPIsBodyScopesItem struct {
	Name        string  `json:"name"`
	Description *string `json:"description,omitempty"`
}

type PostAPIsBodyVisibility string

const (
	PostAPIsBodyVisibilityPublic   PostAPIsBodyVisibility = "public"
	PostAPIsBodyVisibilityMembers  PostAPIsBodyVisibility = "members"
	PostAPIsBodyVisibilityProjects PostAPIsBodyVisibility = "projects"
)

type PostAPIsByAPIPlansBody struct {
	Slug        string                              `json:"slug"`
	Name        string                              `json:"name"`
	Description *string                             `json:"description,omitempty"`
	Visibility  *PostAPIsByAPIPlansBodyVisibility   `json:"visibility,omitempty"`
	Approval    *bool                               `json:"approval,omitempty"`
	Limits      *[]PostAPIsByAPIPlansBodyLimitsItem `json:"limits,omitempty"`
	// UnitsPerOperation: Units of a call by its operation, or by pattern with `*` at the end: the longest pattern that matches applies. 0 is free, and 1 applies without an entry. The `cost` of a verification multiplies them.
	UnitsPerOperation *map[string]int64 `json:"unitsPerOperation,omitempty"`
	// IncludedUnits: Units per calendar month (UTC); null if all are included.
	IncludedUnits *Nullable[int64] `json:"includedUnits,omitempty"`
	// Overage: Whether requests are denied once the included units are used up.
	Overage *PostAPIsByAPIPlansBodyOverage `json:"overage,omitempty"`
	// TrialDays: How long a project's first subscription to the plan is free of charge, days.
	TrialDays *Nullable[int64] `json:"trialDays,omitempty"`
	// Price: Information only: the portal takes no payments.
	Price *Nullable[PostAPIsByAPIPlansBodyPrice] `json:"price,omitempty"`
}

type PostAPIsByAPIPlansBodyLimitsItem struct {
	Name string `json:"name"`
	// Operations: An operation, or those that begin like this if it ends in `*`. Null for all operations.
	Operations *Nullable[string]                                `json:"operations,omitempty"`
	Rate       *Nullable[PostAPIsByAPIPlansBodyLimitsItemRate]  `json:"rate,omitempty"`
	Quota      *Nullable[PostAPIsByAPIPlansBodyLimitsItemQuota] `json:"quota,omitempty"`
}

type PostAPIsByAPIPlansBodyLimitsItemQuota struct {
	Limit  int64                                       `json:"limit"`
	Period PostAPIsByAPIPlansBodyLimitsItemQuotaPeriod `json:"period"`
}

type PostAPIsByAPIPlansBodyLimitsItemQuotaPeriod string

const (
	PostAPIsByAPIPlansBodyLimitsItemQuotaPeriodDay   PostAPIsByAPIPlansBodyLimitsItemQuotaPeriod = "day"
	PostAPIsByAPIPlansBodyLimitsItemQuotaPeriodMonth PostAPIsByAPIPlansBodyLimitsItemQuotaPeriod = "month"
)

type PostAPIsByAPIPlansBodyLimitsItemRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

// PostAPIsByAPIPlansBodyOverage: Whether requests are denied once the included units are used up.
type PostAPIsByAPIPlansBodyOverage string

const (
	PostAPIsByAPIPlansBodyOverageBlock PostAPIsByAPIPlansBodyOverage = "block"
	PostAPIsByAPIPlansBodyOverageAllow PostAPIsByAPIPlansBodyOverage = "allow"
)

// PostAPIsByAPIPlansBodyPrice: Information only: the portal takes no payments.
type PostAPIsByAPIPlansBodyPrice struct {
	Currency string `json:"currency"`
	Monthly  any    `json:"monthly,omitempty"`
	// PerThousand: Per 1,000 units over the included ones.
	PerThousand any `json:"perThousand,omitempty"`
}

type PostAPIsByAPIPlansBodyVisibility string

const (
	PostAPIsByAPIPlansBodyVisibilityPublic  PostAPIsByAPIPlansBodyVisibility = "public"
	PostAPIsByAPIPlansBodyVisibilityPrivate PostAPIsByAPIPlansBodyVisibility = "private"
)

type PostAdminBillingExportsBody struct {
	Name      string                             `json:"name"`
	Adapter   PostAdminBillingExportsBodyAdapter `json:"adapter"`
	URL       *string                            `json:"url,omitempty"`
	EventName *string                            `json:"eventName,omitempty"`
	Secret    *string                            `json:"secret,omitempty"`
	// From: The first hour to export, at most 90 days ago; without it, the current one.
	From *string `json:"from,omitempty"`
}

type PostAdminBillingExportsBodyAdapter string

const (
	PostAdminBillingExportsBodyAdapterCloudevents PostAdminBillingExportsBodyAdapter = "cloudevents"
	PostAdminBillingExportsBodyAdapterStripe      PostAdminBillingExportsBodyAdapter = "stripe"
	PostAdminBillingExportsBodyAdapterLago        PostAdminBillingExportsBodyAdapter = "lago"
)

type PostAdminBillingExportsByExportIDHeldResendResponse struct {
	Events int64 `json:"events"`
}

type PostAdminBillingExportsByExportIDReplayBody struct {
	// From: Usage from this hour on is sent again, with the same ids.
	From string `json:"from"`
}

type PostAdminKeysRevokeBody struct {
	KeyIDs []string `json:"keyIds"`
	Reason string   `json:"reason"`
}

type PostAdminKeysRevokeResponse struct {
	Revoked []string                                `json:"revoked"`
	Failed  []PostAdminKeysRevokeResponseFailedItem `json:"failed"`
}

type PostAdminKeysRevokeResponseFailedItem struct {
	ID   string                                    `json:"id"`
	Code PostAdminKeysRevokeResponseFailedItemCode `json:"code"`
}

type PostAdminKeysRevokeResponseFailedItemCode string

const (
	PostAdminKeysRevokeResponseFailedItemCodeInvalid         PostAdminKeysRevokeResponseFailedItemCode = "invalid"
	PostAdminKeysRevokeResponseFailedItemCodeUnauthenticated PostAdminKeysRevokeResponseFailedItemCode = "unauthenticated"
	PostAdminKeysRevokeResponseFailedItemCodeForbidden       PostAdminKeysRevokeResponseFailedItemCode = "forbidden"
	PostAdminKeysRevokeResponseFailedItemCodeNotFound        PostAdminKeysRevokeResponseFailedItemCode = "not-found"
	PostAdminKeysRevokeResponseFailedItemCodeConflict        PostAdminKeysRevokeResponseFailedItemCode = "conflict"
	PostAdminKeysRevokeResponseFailedItemCodeTooMany         PostAdminKeysRevokeResponseFailedItemCode = "too-many"
)

type PostAdminPoliciesDryRunBody struct {
	Rule *PostAdminPoliciesDryRunBodyRule `json:"rule,omitempty"`
}

type PostAdminPoliciesDryRunBodyRule struct {
	WarnDays    *int64 `json:"warnDays"`
	DisableDays *int64 `json:"disableDays"`
	RevokeDays  *int64 `json:"revokeDays"`
}

type PostAdminPoliciesKeyRulesDryRunBody struct {
	Rules *PostAdminPoliciesKeyRulesDryRunBodyRules `json:"rules,omitempty"`
}

type PostAdminPoliciesKeyRulesDryRunBodyRules struct {
	MaxLifeDays         PostAdminPoliciesKeyRulesDryRunBodyRulesMaxLifeDays   `json:"maxLifeDays"`
	ExpiryRequired      bool                                                  `json:"expiryRequired"`
	NamePattern         *string                                               `json:"namePattern"`
	DescriptionRequired bool                                                  `json:"descriptionRequired"`
	ExternalIDRequired  bool                                                  `json:"externalIdRequired"`
	ApprovalRequired    *bool                                                 `json:"approvalRequired,omitempty"`
	ExistingKeys        *PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeys `json:"existingKeys,omitempty"`
	NoticeDays          *int64                                                `json:"noticeDays,omitempty"`
}

type PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeys string

const (
	PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeysKeep    PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeys = "keep"
	PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeysNotify  PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeys = "notify"
	PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeysDisable PostAdminPoliciesKeyRulesDryRunBodyRulesExistingKeys = "disable"
)

type PostAdminPoliciesKeyRulesDryRunBodyRulesMaxLifeDays struct {
	Live *int64 `json:"live"`
	Test *int64 `json:"test"`
}

type PostAdminProjectsByProjectIDResumeBody struct {
	Reason *string `json:"reason,omitempty"`
}

type PostAdminProjectsByProjectIDSuspendBody struct {
	Reason *string `json:"reason,omitempty"`
}

type PostAdminServiceTokensBody struct {
	Name           string            `json:"name"`
	API            *Nullable[string] `json:"api,omitempty"`
	TrustedProxies *[]string         `json:"trustedProxies,omitempty"`
	// LocalVerification: Whether the service may verify keys in its own process. It then receives the restrictions and metadata of the keys that its callers send.
	LocalVerification *bool             `json:"localVerification,omitempty"`
	ExpiresAt         *Nullable[string] `json:"expiresAt,omitempty"`
}

type PostAdminServiceTokensByServiceTokenIDRotateBody struct {
	OverlapSeconds *int64            `json:"overlapSeconds,omitempty"`
	EndOlder       *bool             `json:"endOlder,omitempty"`
	ExpiresAt      *Nullable[string] `json:"expiresAt,omitempty"`
}

type PostAdminServiceTokensByServiceTokenIDRotateResponse struct {
	ServiceToken ServiceToken `json:"serviceToken"`
	// Token: Shown this once.
	Token string `json:"token"`
}

type PostAdminServiceTokensResponse struct {
	ServiceToken ServiceToken `json:"serviceToken"`
	// Token: Shown this once.
	Token string `json:"token"`
}

type PostAdminWebhooksBody struct {
	URL   string                            `json:"url"`
	Kinds *[]PostAdminWebhooksBodyKindsItem `json:"kinds,omitempty"`
	// Format: `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
	Format *PostAdminWebhooksBodyFormat `json:"format,omitempty"`
}

// PostAdminWebhooksBodyFormat: `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
type PostAdminWebhooksBodyFormat string

const (
	PostAdminWebhooksBodyFormatSigned PostAdminWebhooksBodyFormat = "signed"
	PostAdminWebhooksBodyFormatSlack  PostAdminWebhooksBodyFormat = "slack"
)

type PostAdminWebhooksBodyKindsItem string

const (
	PostAdminWebhooksBodyKindsItemKeyCreated             PostAdminWebhooksBodyKindsItem = "key.created"
	PostAdminWebhooksBodyKindsItemKeyExpiring            PostAdminWebhooksBodyKindsItem = "key.expiring"
	PostAdminWebhooksBodyKindsItemKeyDisabled            PostAdminWebhooksBodyKindsItem = "key.disabled"
	PostAdminWebhooksBodyKindsItemKeyEnabled             PostAdminWebhooksBodyKindsItem = "key.enabled"
	PostAdminWebhooksBodyKindsItemKeyRevoked             PostAdminWebhooksBodyKindsItem = "key.revoked"
	PostAdminWebhooksBodyKindsItemKeyRestored            PostAdminWebhooksBodyKindsItem = "key.restored"
	PostAdminWebhooksBodyKindsItemKeyRotated             PostAdminWebhooksBodyKindsItem = "key.rotated"
	PostAdminWebhooksBodyKindsItemKeyUnused              PostAdminWebhooksBodyKindsItem = "key.unused"
	PostAdminWebhooksBodyKindsItemKeyRuleBroken          PostAdminWebhooksBodyKindsItem = "key.rule-broken"
	PostAdminWebhooksBodyKindsItemKeyExemptionEnding     PostAdminWebhooksBodyKindsItem = "key.exemption-ending"
	PostAdminWebhooksBodyKindsItemKeyApprovalRequested   PostAdminWebhooksBodyKindsItem = "key.approval-requested"
	PostAdminWebhooksBodyKindsItemKeyApproved            PostAdminWebhooksBodyKindsItem = "key.approved"
	PostAdminWebhooksBodyKindsItemKeyRefused             PostAdminWebhooksBodyKindsItem = "key.refused"
	PostAdminWebhooksBodyKindsItemKeySecretOld           PostAdminWebhooksBodyKindsItem = "key.secret-old"
	PostAdminWebhooksBodyKindsItemKeyLeaked              PostAdminWebhooksBodyKindsItem = "key.leaked"
	PostAdminWebhooksBodyKindsItemKeysCreated            PostAdminWebhooksBodyKindsItem = "keys.created"
	PostAdminWebhooksBodyKindsItemKeysRevoked            PostAdminWebhooksBodyKindsItem = "keys.revoked"
	PostAdminWebhooksBodyKindsItemKeysDisabled           PostAdminWebhooksBodyKindsItem = "keys.disabled"
	PostAdminWebhooksBodyKindsItemKeysUnused             PostAdminWebhooksBodyKindsItem = "keys.unused"
	PostAdminWebhooksBodyKindsItemKeysRuleBroken         PostAdminWebhooksBodyKindsItem = "keys.rule-broken"
	PostAdminWebhooksBodyKindsItemKeysApprovalRequested  PostAdminWebhooksBodyKindsItem = "keys.approval-requested"
	PostAdminWebhooksBodyKindsItemKeysRestored           PostAdminWebhooksBodyKindsItem = "keys.restored"
	PostAdminWebhooksBodyKindsItemQuotaNearing           PostAdminWebhooksBodyKindsItem = "quota.nearing"
	PostAdminWebhooksBodyKindsItemQuotaExhausted         PostAdminWebhooksBodyKindsItem = "quota.exhausted"
	PostAdminWebhooksBodyKindsItemMemberAdded            PostAdminWebhooksBodyKindsItem = "member.added"
	PostAdminWebhooksBodyKindsItemMemberChangedByToken   PostAdminWebhooksBodyKindsItem = "member.changed-by-token"
	PostAdminWebhooksBodyKindsItemMemberCredentialsEnded PostAdminWebhooksBodyKindsItem = "member.credentials-ended"
	PostAdminWebhooksBodyKindsItemAccessRequested        PostAdminWebhooksBodyKindsItem = "access.requested"
	PostAdminWebhooksBodyKindsItemAccessEnabled          PostAdminWebhooksBodyKindsItem = "access.enabled"
	PostAdminWebhooksBodyKindsItemAccessDisabled         PostAdminWebhooksBodyKindsItem = "access.disabled"
	PostAdminWebhooksBodyKindsItemAccessApproved         PostAdminWebhooksBodyKindsItem = "access.approved"
	PostAdminWebhooksBodyKindsItemAccessDeclined         PostAdminWebhooksBodyKindsItem = "access.declined"
	PostAdminWebhooksBodyKindsItemOperationsDeprecated   PostAdminWebhooksBodyKindsItem = "operations.deprecated"
	PostAdminWebhooksBodyKindsItemPlanChanged            PostAdminWebhooksBodyKindsItem = "plan.changed"
	PostAdminWebhooksBodyKindsItemPlanApproved           PostAdminWebhooksBodyKindsItem = "plan.approved"
	PostAdminWebhooksBodyKindsItemPlanDeclined           PostAdminWebhooksBodyKindsItem = "plan.declined"
	PostAdminWebhooksBodyKindsItemPlanUpdated            PostAdminWebhooksBodyKindsItem = "plan.updated"
	PostAdminWebhooksBodyKindsItemPlanTrialEnding        PostAdminWebhooksBodyKindsItem = "plan.trial-ending"
	PostAdminWebhooksBodyKindsItemProjectCreated         PostAdminWebhooksBodyKindsItem = "project.created"
	PostAdminWebhooksBodyKindsItemProjectSuspended       PostAdminWebhooksBodyKindsItem = "project.suspended"
	PostAdminWebhooksBodyKindsItemProjectResumed         PostAdminWebhooksBodyKindsItem = "project.resumed"
	PostAdminWebhooksBodyKindsItemProjectDeleted         PostAdminWebhooksBodyKindsItem = "project.deleted"
	PostAdminWebhooksBodyKindsItemAlertQuota             PostAdminWebhooksBodyKindsItem = "alert.quota"
	PostAdminWebhooksBodyKindsItemAlertDenials           PostAdminWebhooksBodyKindsItem = "alert.denials"
	PostAdminWebhooksBodyKindsItemAlertNewNetwork        PostAdminWebhooksBodyKindsItem = "alert.new-network"
	PostAdminWebhooksBodyKindsItemAlertDormantKey        PostAdminWebhooksBodyKindsItem = "alert.dormant-key"
)

type PostAdminWebhooksByWebhookIDDeliveriesByDeliveryIDReplayResponse struct {
	DeliveryID string `json:"deliveryId"`
}

type PostAdminWebhooksByWebhookIDRotateSecretResponse struct {
	Webhook Webhook `json:"webhook"`
	// Secret: The signing secret; null with the format `slack`.
	Secret *string `json:"secret"`
}

type PostAdminWebhooksByWebhookIDTestResponse struct {
	DeliveryID string `json:"deliveryId"`
}

type PostAdminWebhooksResponse struct {
	Webhook Webhook `json:"webhook"`
	// Secret: The signing secret; null with the format `slack`.
	Secret *string `json:"secret"`
}

type PostLeaksBody struct {
	Found []PostLeaksBodyFoundItem `json:"found"`
}

type PostLeaksBodyFoundItem struct {
	Token  string            `json:"token"`
	Type   *Nullable[string] `json:"type,omitempty"`
	URL    *Nullable[string] `json:"url,omitempty"`
	Source *Nullable[string] `json:"source,omitempty"`
}

type PostLeaksResponse struct {
	Received int64 `json:"received"`
}

type PostMeInvitationsBody struct {
	Token string `json:"token"`
}

type PostMeInvitationsResponse struct {
	ProjectID string `json:"projectId"`
}

type PostMeNoticesReadBody struct {
	UpTo string `json:"upTo"`
}

type PostProjectsBody struct {
	Name string `json:"name"`
}

type PostProjectsByProjectIDAlertsBody struct {
	Rule     PostProjectsByProjectIDAlertsBodyRule `json:"rule"`
	Bell     *bool                                 `json:"bell,omitempty"`
	Mail     *bool                                 `json:"mail,omitempty"`
	Webhooks *bool                                 `json:"webhooks,omitempty"`
}

type PostProjectsByProjectIDAlertsBodyRule struct {
	Kind    string `json:"kind"`
	Percent *int64 `json:"percent,omitempty"`
	// MinRequests: Fewer requests in the window never fire.
	MinRequests   *int64 `json:"minRequests,omitempty"`
	WindowMinutes *int64 `json:"windowMinutes,omitempty"`
	// Days: A key is used that was not used for so many days.
	Days *int64 `json:"days,omitempty"`
}

type PostProjectsByProjectIDHandOverBody struct {
	UserID string `json:"userId"`
}

type PostProjectsByProjectIDInvitationsBody struct {
	Email string                                     `json:"email"`
	Role  PostProjectsByProjectIDInvitationsBodyRole `json:"role"`
}

type PostProjectsByProjectIDInvitationsBodyRole string

const (
	PostProjectsByProjectIDInvitationsBodyRoleOwner     PostProjectsByProjectIDInvitationsBodyRole = "owner"
	PostProjectsByProjectIDInvitationsBodyRoleDeveloper PostProjectsByProjectIDInvitationsBodyRole = "developer"
	PostProjectsByProjectIDInvitationsBodyRoleViewer    PostProjectsByProjectIDInvitationsBodyRole = "viewer"
)

type PostProjectsByProjectIDInvitationsResponse struct {
	Invitation Invitation `json:"invitation"`
	Link       *string    `json:"link"`
}

type PostProjectsByProjectIDKeyRulesDryRunBody struct {
	Rules *Nullable[PostProjectsByProjectIDKeyRulesDryRunBodyRules] `json:"rules,omitempty"`
}

type PostProjectsByProjectIDKeyRulesDryRunBodyRules struct {
	MaxLifeDays         PostProjectsByProjectIDKeyRulesDryRunBodyRulesMaxLifeDays   `json:"maxLifeDays"`
	ExpiryRequired      bool                                                        `json:"expiryRequired"`
	NamePattern         *string                                                     `json:"namePattern"`
	DescriptionRequired bool                                                        `json:"descriptionRequired"`
	ExternalIDRequired  bool                                                        `json:"externalIdRequired"`
	ApprovalRequired    *bool                                                       `json:"approvalRequired,omitempty"`
	ExistingKeys        *PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeys `json:"existingKeys,omitempty"`
	NoticeDays          *int64                                                      `json:"noticeDays,omitempty"`
}

type PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeys string

const (
	PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeysKeep    PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeys = "keep"
	PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeysNotify  PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeys = "notify"
	PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeysDisable PostProjectsByProjectIDKeyRulesDryRunBodyRulesExistingKeys = "disable"
)

type PostProjectsByProjectIDKeyRulesDryRunBodyRulesMaxLifeDays struct {
	Live *int64 `json:"live"`
	Test *int64 `json:"test"`
}

type PostProjectsByProjectIDKeysBody struct {
	Name         string                                          `json:"name"`
	Environment  PostProjectsByProjectIDKeysBodyEnvironment      `json:"environment"`
	ExpiresAt    *Nullable[string]                               `json:"expiresAt,omitempty"`
	Restrictions *PostProjectsByProjectIDKeysBodyRestrictions    `json:"restrictions,omitempty"`
	Trial        *Nullable[PostProjectsByProjectIDKeysBodyTrial] `json:"trial,omitempty"`
	Limits       *PostProjectsByProjectIDKeysBodyLimits          `json:"limits,omitempty"`
	Metadata     *map[string]any                                 `json:"metadata,omitempty"`
	Description  *string                                         `json:"description,omitempty"`
	// Tags: Up to 20 tags. Stored in lower case, sorted, each once.
	Tags *[]string `json:"tags,omitempty"`
	// ExternalID: The ID of the customer, tenant or app in your own system; case matters.
	ExternalID *Nullable[string] `json:"externalId,omitempty"`
}

type PostProjectsByProjectIDKeysBodyEnvironment string

const (
	PostProjectsByProjectIDKeysBodyEnvironmentLive PostProjectsByProjectIDKeysBodyEnvironment = "live"
	PostProjectsByProjectIDKeysBodyEnvironmentTest PostProjectsByProjectIDKeysBodyEnvironment = "test"
)

type PostProjectsByProjectIDKeysBodyLimits struct {
	Rate  *Nullable[PostProjectsByProjectIDKeysBodyLimitsRate]  `json:"rate,omitempty"`
	Quota *Nullable[PostProjectsByProjectIDKeysBodyLimitsQuota] `json:"quota,omitempty"`
}

type PostProjectsByProjectIDKeysBodyLimitsQuota struct {
	Limit  int64                                            `json:"limit"`
	Period PostProjectsByProjectIDKeysBodyLimitsQuotaPeriod `json:"period"`
}

type PostProjectsByProjectIDKeysBodyLimitsQuotaPeriod string

const (
	PostProjectsByProjectIDKeysBodyLimitsQuotaPeriodDay   PostProjectsByProjectIDKeysBodyLimitsQuotaPeriod = "day"
	PostProjectsByProjectIDKeysBodyLimitsQuotaPeriodMonth PostProjectsByProjectIDKeysBodyLimitsQuotaPeriod = "month"
)

type PostProjectsByProjectIDKeysBodyLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type PostProjectsByProjectIDKeysBodyRestrictions struct {
	IPs       *[]string                                              `json:"ips,omitempty"`
	Referrers *[]string                                              `json:"referrers,omitempty"`
	Apps      *PostProjectsByProjectIDKeysBodyRestrictionsApps       `json:"apps,omitempty"`
	APIs      *[]PostProjectsByProjectIDKeysBodyRestrictionsAPIsItem `json:"apis,omitempty"`
}

type PostProjectsByProjectIDKeysBodyRestrictionsAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PostProjectsByProjectIDKeysBodyRestrictionsApps struct {
	Android *[]PostProjectsByProjectIDKeysBodyRestrictionsAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PostProjectsByProjectIDKeysBodyRestrictionsAppsIOSItem     `json:"ios,omitempty"`
}

type PostProjectsByProjectIDKeysBodyRestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PostProjectsByProjectIDKeysBodyRestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PostProjectsByProjectIDKeysBodyTrial struct {
	IPs       *[]string                                       `json:"ips,omitempty"`
	Referrers *[]string                                       `json:"referrers,omitempty"`
	Apps      *PostProjectsByProjectIDKeysBodyTrialApps       `json:"apps,omitempty"`
	APIs      *[]PostProjectsByProjectIDKeysBodyTrialAPIsItem `json:"apis,omitempty"`
}

type PostProjectsByProjectIDKeysBodyTrialAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PostProjectsByProjectIDKeysBodyTrialApps struct {
	Android *[]PostProjectsByProjectIDKeysBodyTrialAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PostProjectsByProjectIDKeysBodyTrialAppsIOSItem     `json:"ios,omitempty"`
}

type PostProjectsByProjectIDKeysBodyTrialAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PostProjectsByProjectIDKeysBodyTrialAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PostProjectsByProjectIDKeysBulkBody struct {
	// Filter: The same filters as for the list of keys; at least one.
	Filter     PostProjectsByProjectIDKeysBulkBodyFilter `json:"filter"`
	Action     PostProjectsByProjectIDKeysBulkBodyAction `json:"action"`
	AddTags    *[]string                                 `json:"addTags,omitempty"`
	RemoveTags *[]string                                 `json:"removeTags,omitempty"`
	// ExpectedCount: How many keys you expect to change. If it is another number, the response is a conflict and nothing changes.
	ExpectedCount *int64 `json:"expectedCount,omitempty"`
	// DryRun: Only counts.
	DryRun *bool `json:"dryRun,omitempty"`
}

type PostProjectsByProjectIDKeysBulkBodyAction string

const (
	PostProjectsByProjectIDKeysBulkBodyActionRevoke  PostProjectsByProjectIDKeysBulkBodyAction = "revoke"
	PostProjectsByProjectIDKeysBulkBodyActionDisable PostProjectsByProjectIDKeysBulkBodyAction = "disable"
	PostProjectsByProjectIDKeysBulkBodyActionTag     PostProjectsByProjectIDKeysBulkBodyAction = "tag"
)

// PostProjectsByProjectIDKeysBulkBodyFilter: The same filters as for the list of keys; at least one.
type PostProjectsByProjectIDKeysBulkBodyFilter struct {
	// Q: Part of a name, hint, description, tag or external ID, or a whole key ID; case does not matter.
	Q *string `json:"q,omitempty"`
	// Tag: A whole tag.
	Tag *string `json:"tag,omitempty"`
	// ExternalID: A whole external ID; case matters.
	ExternalID  *string                                               `json:"externalId,omitempty"`
	Metadata    *map[string]string                                    `json:"metadata,omitempty"`
	Status      *PostProjectsByProjectIDKeysBulkBodyFilterStatus      `json:"status,omitempty"`
	Environment *PostProjectsByProjectIDKeysBulkBodyFilterEnvironment `json:"environment,omitempty"`
	API         *string                                               `json:"api,omitempty"`
	Restricted  *PostProjectsByProjectIDKeysBulkBodyFilterRestricted  `json:"restricted,omitempty"`
	// Approval: Keys that wait for an owner's approval.
	Approval *PostProjectsByProjectIDKeysBulkBodyFilterApproval `json:"approval,omitempty"`
	// Imported: Imported keys whose imported token was used since (`seen`), or was not (`unseen`).
	Imported *PostProjectsByProjectIDKeysBulkBodyFilterImported `json:"imported,omitempty"`
}

// PostProjectsByProjectIDKeysBulkBodyFilterApproval: Keys that wait for an owner's approval.
type PostProjectsByProjectIDKeysBulkBodyFilterApproval string

const (
	PostProjectsByProjectIDKeysBulkBodyFilterApprovalPending PostProjectsByProjectIDKeysBulkBodyFilterApproval = "pending"
)

type PostProjectsByProjectIDKeysBulkBodyFilterEnvironment string

const (
	PostProjectsByProjectIDKeysBulkBodyFilterEnvironmentLive PostProjectsByProjectIDKeysBulkBodyFilterEnvironment = "live"
	PostProjectsByProjectIDKeysBulkBodyFilterEnvironmentTest PostProjectsByProjectIDKeysBulkBodyFilterEnvironment = "test"
)

// PostProjectsByProjectIDKeysBulkBodyFilterImported: Imported keys whose imported token was used since (`seen`), or was not (`unseen`).
type PostProjectsByProjectIDKeysBulkBodyFilterImported string

const (
	PostProjectsByProjectIDKeysBulkBodyFilterImportedSeen   PostProjectsByProjectIDKeysBulkBodyFilterImported = "seen"
	PostProjectsByProjectIDKeysBulkBodyFilterImportedUnseen PostProjectsByProjectIDKeysBulkBodyFilterImported = "unseen"
)

type PostProjectsByProjectIDKeysBulkBodyFilterRestricted string

const (
	PostProjectsByProjectIDKeysBulkBodyFilterRestrictedNone          PostProjectsByProjectIDKeysBulkBodyFilterRestricted = "none"
	PostProjectsByProjectIDKeysBulkBodyFilterRestrictedNoApplication PostProjectsByProjectIDKeysBulkBodyFilterRestricted = "no-application"
	PostProjectsByProjectIDKeysBulkBodyFilterRestrictedApplication   PostProjectsByProjectIDKeysBulkBodyFilterRestricted = "application"
)

type PostProjectsByProjectIDKeysBulkBodyFilterStatus string

const (
	PostProjectsByProjectIDKeysBulkBodyFilterStatusActive   PostProjectsByProjectIDKeysBulkBodyFilterStatus = "active"
	PostProjectsByProjectIDKeysBulkBodyFilterStatusDisabled PostProjectsByProjectIDKeysBulkBodyFilterStatus = "disabled"
	PostProjectsByProjectIDKeysBulkBodyFilterStatusExpired  PostProjectsByProjectIDKeysBulkBodyFilterStatus = "expired"
	PostProjectsByProjectIDKeysBulkBodyFilterStatusRevoked  PostProjectsByProjectIDKeysBulkBodyFilterStatus = "revoked"
)

type PostProjectsByProjectIDKeysBulkResponse struct {
	// Changed: How many keys were changed; 0 for a dry run.
	Changed int64 `json:"changed"`
	// Remaining: How many keys would still change. Repeat the request until it is 0.
	Remaining int64 `json:"remaining"`
}

type PostProjectsByProjectIDKeysByKeyIDDryRunBody struct {
	Restrictions PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictions `json:"restrictions"`
	Days         *int64                                                   `json:"days,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictions struct {
	IPs       *[]string                                                           `json:"ips,omitempty"`
	Referrers *[]string                                                           `json:"referrers,omitempty"`
	Apps      *PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsApps       `json:"apps,omitempty"`
	APIs      *[]PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsAPIsItem `json:"apis,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsApps struct {
	Android *[]PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsAppsIOSItem     `json:"ios,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PostProjectsByProjectIDKeysByKeyIDDryRunBodyRestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PostProjectsByProjectIDKeysByKeyIDRefuseBody struct {
	Reason *string `json:"reason,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDRotateBody struct {
	OverlapSeconds *int64 `json:"overlapSeconds,omitempty"`
	EndOlder       *bool  `json:"endOlder,omitempty"`
	ReplaceUnseen  *bool  `json:"replaceUnseen,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDRotateResponse struct {
	Key Key `json:"key"`
	// Secret: Shown this once.
	Secret string `json:"secret"`
}

type PostProjectsByProjectIDKeysByKeyIDSimulateBody struct {
	API       string            `json:"api"`
	Operation *Nullable[string] `json:"operation,omitempty"`
	Method    *Nullable[string] `json:"method,omitempty"`
	Path      *Nullable[string] `json:"path,omitempty"`
	// RequiredScopes: Scopes that the key must have, besides those that the API's operation needs.
	RequiredScopes  *Nullable[[]string]                                         `json:"requiredScopes,omitempty"`
	ClientIP        *Nullable[string]                                           `json:"clientIp,omitempty"`
	Referrer        *Nullable[string]                                           `json:"referrer,omitempty"`
	Origin          *Nullable[string]                                           `json:"origin,omitempty"`
	AndroidPackage  *Nullable[string]                                           `json:"androidPackage,omitempty"`
	AndroidCertSHA1 *Nullable[string]                                           `json:"androidCertSha1,omitempty"`
	IOSBundleID     *Nullable[string]                                           `json:"iosBundleId,omitempty"`
	Cost            *int64                                                      `json:"cost,omitempty"`
	Restrictions    *PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictions `json:"restrictions,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictions struct {
	IPs       *[]string                                                             `json:"ips,omitempty"`
	Referrers *[]string                                                             `json:"referrers,omitempty"`
	Apps      *PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsApps       `json:"apps,omitempty"`
	APIs      *[]PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsAPIsItem `json:"apis,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsApps struct {
	Android *[]PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsAppsIOSItem     `json:"ios,omitempty"`
}

type PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PostProjectsByProjectIDKeysByKeyIDSimulateBodyRestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PostProjectsByProjectIDKeysImportBody struct {
	// Shape: The format of the tokens. Verifiers look up tokens that have it. Leave it out for tokens in the format of this deployment.
	Shape *Nullable[PostProjectsByProjectIDKeysImportBodyShape] `json:"shape,omitempty"`
	Keys  []PostProjectsByProjectIDKeysImportBodyKeysItem       `json:"keys"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItem struct {
	Name         string                                                        `json:"name"`
	Environment  PostProjectsByProjectIDKeysImportBodyKeysItemEnvironment      `json:"environment"`
	ExpiresAt    *Nullable[string]                                             `json:"expiresAt,omitempty"`
	Restrictions *PostProjectsByProjectIDKeysImportBodyKeysItemRestrictions    `json:"restrictions,omitempty"`
	Trial        *Nullable[PostProjectsByProjectIDKeysImportBodyKeysItemTrial] `json:"trial,omitempty"`
	Limits       *PostProjectsByProjectIDKeysImportBodyKeysItemLimits          `json:"limits,omitempty"`
	Metadata     *map[string]any                                               `json:"metadata,omitempty"`
	Description  *string                                                       `json:"description,omitempty"`
	// Tags: Up to 20 tags. Stored in lower case, sorted, each once.
	Tags *[]string `json:"tags,omitempty"`
	// ExternalID: The ID of the customer, tenant or app in your own system; case matters.
	ExternalID *Nullable[string]                                  `json:"externalId,omitempty"`
	Token      *string                                            `json:"token,omitempty"`
	Hash       *PostProjectsByProjectIDKeysImportBodyKeysItemHash `json:"hash,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemEnvironment string

const (
	PostProjectsByProjectIDKeysImportBodyKeysItemEnvironmentLive PostProjectsByProjectIDKeysImportBodyKeysItemEnvironment = "live"
	PostProjectsByProjectIDKeysImportBodyKeysItemEnvironmentTest PostProjectsByProjectIDKeysImportBodyKeysItemEnvironment = "test"
)

type PostProjectsByProjectIDKeysImportBodyKeysItemHash struct {
	Algorithm PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm `json:"algorithm"`
	// Encoding: Of `value`, for sha256, sha512 and hmac-sha256. The others each have a text format.
	Encoding *PostProjectsByProjectIDKeysImportBodyKeysItemHashEncoding `json:"encoding,omitempty"`
	// Value: The hash of the whole token. bcrypt: `$2b$…`; argon2id and scrypt: the PHC format.
	Value string `json:"value"`
	// Lookup: The first 8 to 16 characters of the token. Required for bcrypt, argon2id and scrypt; include some that differ from token to token.
	Lookup *string `json:"lookup,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm string

const (
	PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithmSha256     PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm = "sha256"
	PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithmSha512     PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm = "sha512"
	PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithmHmacSha256 PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm = "hmac-sha256"
	PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithmBcrypt     PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm = "bcrypt"
	PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithmArgon2id   PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm = "argon2id"
	PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithmScrypt     PostProjectsByProjectIDKeysImportBodyKeysItemHashAlgorithm = "scrypt"
)

// PostProjectsByProjectIDKeysImportBodyKeysItemHashEncoding: Of `value`, for sha256, sha512 and hmac-sha256. The others each have a text format.
type PostProjectsByProjectIDKeysImportBodyKeysItemHashEncoding string

const (
	PostProjectsByProjectIDKeysImportBodyKeysItemHashEncodingHex       PostProjectsByProjectIDKeysImportBodyKeysItemHashEncoding = "hex"
	PostProjectsByProjectIDKeysImportBodyKeysItemHashEncodingBase64    PostProjectsByProjectIDKeysImportBodyKeysItemHashEncoding = "base64"
	PostProjectsByProjectIDKeysImportBodyKeysItemHashEncodingBase64url PostProjectsByProjectIDKeysImportBodyKeysItemHashEncoding = "base64url"
)

type PostProjectsByProjectIDKeysImportBodyKeysItemLimits struct {
	Rate  *Nullable[PostProjectsByProjectIDKeysImportBodyKeysItemLimitsRate]  `json:"rate,omitempty"`
	Quota *Nullable[PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuota] `json:"quota,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuota struct {
	Limit  int64                                                          `json:"limit"`
	Period PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuotaPeriod `json:"period"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuotaPeriod string

const (
	PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuotaPeriodDay   PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuotaPeriod = "day"
	PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuotaPeriodMonth PostProjectsByProjectIDKeysImportBodyKeysItemLimitsQuotaPeriod = "month"
)

type PostProjectsByProjectIDKeysImportBodyKeysItemLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemRestrictions struct {
	IPs       *[]string                                                            `json:"ips,omitempty"`
	Referrers *[]string                                                            `json:"referrers,omitempty"`
	Apps      *PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsApps       `json:"apps,omitempty"`
	APIs      *[]PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsAPIsItem `json:"apis,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsApps struct {
	Android *[]PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsAppsIOSItem     `json:"ios,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemRestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemTrial struct {
	IPs       *[]string                                                     `json:"ips,omitempty"`
	Referrers *[]string                                                     `json:"referrers,omitempty"`
	Apps      *PostProjectsByProjectIDKeysImportBodyKeysItemTrialApps       `json:"apps,omitempty"`
	APIs      *[]PostProjectsByProjectIDKeysImportBodyKeysItemTrialAPIsItem `json:"apis,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemTrialAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemTrialApps struct {
	Android *[]PostProjectsByProjectIDKeysImportBodyKeysItemTrialAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PostProjectsByProjectIDKeysImportBodyKeysItemTrialAppsIOSItem     `json:"ios,omitempty"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemTrialAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PostProjectsByProjectIDKeysImportBodyKeysItemTrialAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PostProjectsByProjectIDKeysImportBodyShape struct {
	// Prefix: How every token starts, such as `sk_live_`; empty if they have nothing in common.
	Prefix    string `json:"prefix"`
	MinLength int64  `json:"minLength"`
	MaxLength int64  `json:"maxLength"`
}

type PostProjectsByProjectIDKeysImportQuery struct {
	// DryRun: Only checks every row: nothing is created.
	DryRun *bool `json:"dryRun,omitempty"`
}

type PostProjectsByProjectIDKeysResponse struct {
	Key Key `json:"key"`
	// Secret: Shown this once.
	Secret string `json:"secret"`
}

type PostProjectsByProjectIDRestrictionsExplainBody struct {
	Restrictions PostProjectsByProjectIDRestrictionsExplainBodyRestrictions `json:"restrictions"`
}

type PostProjectsByProjectIDRestrictionsExplainBodyRestrictions struct {
	IPs       *[]string                                                             `json:"ips,omitempty"`
	Referrers *[]string                                                             `json:"referrers,omitempty"`
	Apps      *PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsApps       `json:"apps,omitempty"`
	APIs      *[]PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsAPIsItem `json:"apis,omitempty"`
}

type PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsAPIsItem struct {
	API        string    `json:"api"`
	Operations *[]string `json:"operations,omitempty"`
	Scopes     *[]string `json:"scopes,omitempty"`
}

type PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsApps struct {
	Android *[]PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsAppsAndroidItem `json:"android,omitempty"`
	IOS     *[]PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsAppsIOSItem     `json:"ios,omitempty"`
}

type PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type PostProjectsByProjectIDRestrictionsExplainBodyRestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type PostProjectsByProjectIDWebhooksBody struct {
	URL   string                                          `json:"url"`
	Kinds *[]PostProjectsByProjectIDWebhooksBodyKindsItem `json:"kinds,omitempty"`
	// Format: `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
	Format *PostProjectsByProjectIDWebhooksBodyFormat `json:"format,omitempty"`
}

// PostProjectsByProjectIDWebhooksBodyFormat: `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
type PostProjectsByProjectIDWebhooksBodyFormat string

const (
	PostProjectsByProjectIDWebhooksBodyFormatSigned PostProjectsByProjectIDWebhooksBodyFormat = "signed"
	PostProjectsByProjectIDWebhooksBodyFormatSlack  PostProjectsByProjectIDWebhooksBodyFormat = "slack"
)

type PostProjectsByProjectIDWebhooksBodyKindsItem string

const (
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyCreated             PostProjectsByProjectIDWebhooksBodyKindsItem = "key.created"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyExpiring            PostProjectsByProjectIDWebhooksBodyKindsItem = "key.expiring"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyDisabled            PostProjectsByProjectIDWebhooksBodyKindsItem = "key.disabled"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyEnabled             PostProjectsByProjectIDWebhooksBodyKindsItem = "key.enabled"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyRevoked             PostProjectsByProjectIDWebhooksBodyKindsItem = "key.revoked"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyRestored            PostProjectsByProjectIDWebhooksBodyKindsItem = "key.restored"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyRotated             PostProjectsByProjectIDWebhooksBodyKindsItem = "key.rotated"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyUnused              PostProjectsByProjectIDWebhooksBodyKindsItem = "key.unused"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyRuleBroken          PostProjectsByProjectIDWebhooksBodyKindsItem = "key.rule-broken"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyExemptionEnding     PostProjectsByProjectIDWebhooksBodyKindsItem = "key.exemption-ending"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyApprovalRequested   PostProjectsByProjectIDWebhooksBodyKindsItem = "key.approval-requested"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyApproved            PostProjectsByProjectIDWebhooksBodyKindsItem = "key.approved"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyRefused             PostProjectsByProjectIDWebhooksBodyKindsItem = "key.refused"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeySecretOld           PostProjectsByProjectIDWebhooksBodyKindsItem = "key.secret-old"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeyLeaked              PostProjectsByProjectIDWebhooksBodyKindsItem = "key.leaked"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeysCreated            PostProjectsByProjectIDWebhooksBodyKindsItem = "keys.created"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeysRevoked            PostProjectsByProjectIDWebhooksBodyKindsItem = "keys.revoked"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeysDisabled           PostProjectsByProjectIDWebhooksBodyKindsItem = "keys.disabled"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeysUnused             PostProjectsByProjectIDWebhooksBodyKindsItem = "keys.unused"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeysRuleBroken         PostProjectsByProjectIDWebhooksBodyKindsItem = "keys.rule-broken"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeysApprovalRequested  PostProjectsByProjectIDWebhooksBodyKindsItem = "keys.approval-requested"
	PostProjectsByProjectIDWebhooksBodyKindsItemKeysRestored           PostProjectsByProjectIDWebhooksBodyKindsItem = "keys.restored"
	PostProjectsByProjectIDWebhooksBodyKindsItemQuotaNearing           PostProjectsByProjectIDWebhooksBodyKindsItem = "quota.nearing"
	PostProjectsByProjectIDWebhooksBodyKindsItemQuotaExhausted         PostProjectsByProjectIDWebhooksBodyKindsItem = "quota.exhausted"
	PostProjectsByProjectIDWebhooksBodyKindsItemMemberAdded            PostProjectsByProjectIDWebhooksBodyKindsItem = "member.added"
	PostProjectsByProjectIDWebhooksBodyKindsItemMemberChangedByToken   PostProjectsByProjectIDWebhooksBodyKindsItem = "member.changed-by-token"
	PostProjectsByProjectIDWebhooksBodyKindsItemMemberCredentialsEnded PostProjectsByProjectIDWebhooksBodyKindsItem = "member.credentials-ended"
	PostProjectsByProjectIDWebhooksBodyKindsItemAccessRequested        PostProjectsByProjectIDWebhooksBodyKindsItem = "access.requested"
	PostProjectsByProjectIDWebhooksBodyKindsItemAccessEnabled          PostProjectsByProjectIDWebhooksBodyKindsItem = "access.enabled"
	PostProjectsByProjectIDWebhooksBodyKindsItemAccessDisabled         PostProjectsByProjectIDWebhooksBodyKindsItem = "access.disabled"
	PostProjectsByProjectIDWebhooksBodyKindsItemAccessApproved         PostProjectsByProjectIDWebhooksBodyKindsItem = "access.approved"
	PostProjectsByProjectIDWebhooksBodyKindsItemAccessDeclined         PostProjectsByProjectIDWebhooksBodyKindsItem = "access.declined"
	PostProjectsByProjectIDWebhooksBodyKindsItemOperationsDeprecated   PostProjectsByProjectIDWebhooksBodyKindsItem = "operations.deprecated"
	PostProjectsByProjectIDWebhooksBodyKindsItemPlanChanged            PostProjectsByProjectIDWebhooksBodyKindsItem = "plan.changed"
	PostProjectsByProjectIDWebhooksBodyKindsItemPlanApproved           PostProjectsByProjectIDWebhooksBodyKindsItem = "plan.approved"
	PostProjectsByProjectIDWebhooksBodyKindsItemPlanDeclined           PostProjectsByProjectIDWebhooksBodyKindsItem = "plan.declined"
	PostProjectsByProjectIDWebhooksBodyKindsItemPlanUpdated            PostProjectsByProjectIDWebhooksBodyKindsItem = "plan.updated"
	PostProjectsByProjectIDWebhooksBodyKindsItemPlanTrialEnding        PostProjectsByProjectIDWebhooksBodyKindsItem = "plan.trial-ending"
	PostProjectsByProjectIDWebhooksBodyKindsItemProjectCreated         PostProjectsByProjectIDWebhooksBodyKindsItem = "project.created"
	PostProjectsByProjectIDWebhooksBodyKindsItemProjectSuspended       PostProjectsByProjectIDWebhooksBodyKindsItem = "project.suspended"
	PostProjectsByProjectIDWebhooksBodyKindsItemProjectResumed         PostProjectsByProjectIDWebhooksBodyKindsItem = "project.resumed"
	PostProjectsByProjectIDWebhooksBodyKindsItemProjectDeleted         PostProjectsByProjectIDWebhooksBodyKindsItem = "project.deleted"
	PostProjectsByProjectIDWebhooksBodyKindsItemAlertQuota             PostProjectsByProjectIDWebhooksBodyKindsItem = "alert.quota"
	PostProjectsByProjectIDWebhooksBodyKindsItemAlertDenials           PostProjectsByProjectIDWebhooksBodyKindsItem = "alert.denials"
	PostProjectsByProjectIDWebhooksBodyKindsItemAlertNewNetwork        PostProjectsByProjectIDWebhooksBodyKindsItem = "alert.new-network"
	PostProjectsByProjectIDWebhooksBodyKindsItemAlertDormantKey        PostProjectsByProjectIDWebhooksBodyKindsItem = "alert.dormant-key"
)

type PostProjectsByProjectIDWebhooksByWebhookIDDeliveriesByDeliveryIDReplayResponse struct {
	DeliveryID string `json:"deliveryId"`
}

type PostProjectsByProjectIDWebhooksByWebhookIDRotateSecretResponse struct {
	Webhook Webhook `json:"webhook"`
	// Secret: The signing secret; null with the format `slack`.
	Secret *string `json:"secret"`
}

type PostProjectsByProjectIDWebhooksByWebhookIDTestResponse struct {
	DeliveryID string `json:"deliveryId"`
}

type PostProjectsByProjectIDWebhooksResponse struct {
	Webhook Webhook `json:"webhook"`
	// Secret: The signing secret; null with the format `slack`.
	Secret *string `json:"secret"`
}

type Problem struct {
	Type      string              `json:"type"`
	Title     string              `json:"title"`
	Status    int64               `json:"status"`
	Detail    string              `json:"detail"`
	RequestID string              `json:"requestId"`
	Code      *ProblemCode        `json:"code,omitempty"`
	Errors    []ProblemErrorsItem `json:"errors,omitempty"`
}

type ProblemCode string

const (
	ProblemCodeLimitReached    ProblemCode = "LIMIT_REACHED"
	ProblemCodeOverlapRunning  ProblemCode = "OVERLAP_RUNNING"
	ProblemCodeVersionPlanned  ProblemCode = "VERSION_PLANNED"
	ProblemCodeChangeScheduled ProblemCode = "CHANGE_SCHEDULED"
	ProblemCodeIPNotAllowed    ProblemCode = "IP_NOT_ALLOWED"
)

type ProblemErrorsItem struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

type Project struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	CreatedAt   time.Time     `json:"createdAt"`
	SuspendedAt *time.Time    `json:"suspendedAt"`
	Role        ProjectRole   `json:"role"`
	Limits      ProjectLimits `json:"limits"`
	// Ceiling: Set by an administrator; applies in addition to `limits`.
	Ceiling ProjectCeiling `json:"ceiling"`
}

type ProjectAPI struct {
	Slug        string            `json:"slug"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	BaseURL     *string           `json:"baseUrl"`
	Access      ProjectAPIAccess  `json:"access"`
	Status      *ProjectAPIStatus `json:"status"`
	RequestedAt *time.Time        `json:"requestedAt"`
	DecidedAt   *time.Time        `json:"decidedAt"`
	// Reason: Why the project asked for access.
	Reason  *string `json:"reason"`
	Message *string `json:"message"`
	// HasPlans: Whether the API has plans that projects can choose.
	HasPlans bool `json:"hasPlans"`
}

type ProjectAPIAccess string

const (
	ProjectAPIAccessOpen     ProjectAPIAccess = "open"
	ProjectAPIAccessApproval ProjectAPIAccess = "approval"
)

type ProjectAPIStatus string

const (
	ProjectAPIStatusEnabled  ProjectAPIStatus = "enabled"
	ProjectAPIStatusPending  ProjectAPIStatus = "pending"
	ProjectAPIStatusDeclined ProjectAPIStatus = "declined"
)

// ProjectCeiling: Set by an administrator; applies in addition to `limits`.
type ProjectCeiling struct {
	Rate  *ProjectCeilingRate  `json:"rate"`
	Quota *ProjectCeilingQuota `json:"quota"`
}

type ProjectCeilingQuota struct {
	Limit  int64                     `json:"limit"`
	Period ProjectCeilingQuotaPeriod `json:"period"`
}

type ProjectCeilingQuotaPeriod string

const (
	ProjectCeilingQuotaPeriodDay   ProjectCeilingQuotaPeriod = "day"
	ProjectCeilingQuotaPeriodMonth ProjectCeilingQuotaPeriod = "month"
)

type ProjectCeilingRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type ProjectDetail struct {
	ID          string              `json:"id"`
	Name        string              `json:"name"`
	CreatedAt   time.Time           `json:"createdAt"`
	SuspendedAt *time.Time          `json:"suspendedAt"`
	Role        ProjectDetailRole   `json:"role"`
	Limits      ProjectDetailLimits `json:"limits"`
	// Ceiling: Set by an administrator; applies in addition to `limits`.
	Ceiling  ProjectDetailCeiling      `json:"ceiling"`
	Owners   []ProjectDetailOwnersItem `json:"owners"`
	LiveKeys int64                     `json:"liveKeys"`
	Members  int64                     `json:"members"`
}

// ProjectDetailCeiling: Set by an administrator; applies in addition to `limits`.
type ProjectDetailCeiling struct {
	Rate  *ProjectDetailCeilingRate  `json:"rate"`
	Quota *ProjectDetailCeilingQuota `json:"quota"`
}

type ProjectDetailCeilingQuota struct {
	Limit  int64                           `json:"limit"`
	Period ProjectDetailCeilingQuotaPeriod `json:"period"`
}

type ProjectDetailCeilingQuotaPeriod string

const (
	ProjectDetailCeilingQuotaPeriodDay   ProjectDetailCeilingQuotaPeriod = "day"
	ProjectDetailCeilingQuotaPeriodMonth ProjectDetailCeilingQuotaPeriod = "month"
)

type ProjectDetailCeilingRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type ProjectDetailLimits struct {
	Rate  *ProjectDetailLimitsRate  `json:"rate"`
	Quota *ProjectDetailLimitsQuota `json:"quota"`
}

type ProjectDetailLimitsQuota struct {
	Limit  int64                          `json:"limit"`
	Period ProjectDetailLimitsQuotaPeriod `json:"period"`
}

type ProjectDetailLimitsQuotaPeriod string

const (
	ProjectDetailLimitsQuotaPeriodDay   ProjectDetailLimitsQuotaPeriod = "day"
	ProjectDetailLimitsQuotaPeriodMonth ProjectDetailLimitsQuotaPeriod = "month"
)

type ProjectDetailLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type ProjectDetailOwnersItem struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type ProjectDetailRole string

const (
	ProjectDetailRoleOwner     ProjectDetailRole = "owner"
	ProjectDetailRoleDeveloper ProjectDetailRole = "developer"
	ProjectDetailRoleViewer    ProjectDetailRole = "viewer"
)

type ProjectLimits struct {
	Rate  *ProjectLimitsRate  `json:"rate"`
	Quota *ProjectLimitsQuota `json:"quota"`
}

type ProjectLimitsQuota struct {
	Limit  int64                    `json:"limit"`
	Period ProjectLimitsQuotaPeriod `json:"period"`
}

type ProjectLimitsQuotaPeriod string

const (
	ProjectLimitsQuotaPeriodDay   ProjectLimitsQuotaPeriod = "day"
	ProjectLimitsQuotaPeriodMonth ProjectLimitsQuotaPeriod = "month"
)

type ProjectLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type ProjectRole string

const (
	ProjectRoleOwner     ProjectRole = "owner"
	ProjectRoleDeveloper ProjectRole = "developer"
	ProjectRoleViewer    ProjectRole = "viewer"
)

type ProjectSummary struct {
	ID          string               `json:"id"`
	Name        string               `json:"name"`
	CreatedAt   time.Time            `json:"createdAt"`
	SuspendedAt *time.Time           `json:"suspendedAt"`
	Role        ProjectSummaryRole   `json:"role"`
	Limits      ProjectSummaryLimits `json:"limits"`
	// Ceiling: Set by an administrator; applies in addition to `limits`.
	Ceiling  ProjectSummaryCeiling `json:"ceiling"`
	LiveKeys int64                 `json:"liveKeys"`
}

// ProjectSummaryCeiling: Set by an administrator; applies in addition to `limits`.
type ProjectSummaryCeiling struct {
	Rate  *ProjectSummaryCeilingRate  `json:"rate"`
	Quota *ProjectSummaryCeilingQuota `json:"quota"`
}

type ProjectSummaryCeilingQuota struct {
	Limit  int64                            `json:"limit"`
	Period ProjectSummaryCeilingQuotaPeriod `json:"period"`
}

type ProjectSummaryCeilingQuotaPeriod string

const (
	ProjectSummaryCeilingQuotaPeriodDay   ProjectSummaryCeilingQuotaPeriod = "day"
	ProjectSummaryCeilingQuotaPeriodMonth ProjectSummaryCeilingQuotaPeriod = "month"
)

type ProjectSummaryCeilingRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type ProjectSummaryLimits struct {
	Rate  *ProjectSummaryLimitsRate  `json:"rate"`
	Quota *ProjectSummaryLimitsQuota `json:"quota"`
}

type ProjectSummaryLimitsQuota struct {
	Limit  int64                           `json:"limit"`
	Period ProjectSummaryLimitsQuotaPeriod `json:"period"`
}

type ProjectSummaryLimitsQuotaPeriod string

const (
	ProjectSummaryLimitsQuotaPeriodDay   ProjectSummaryLimitsQuotaPeriod = "day"
	ProjectSummaryLimitsQuotaPeriodMonth ProjectSummaryLimitsQuotaPeriod = "month"
)

type ProjectSummaryLimitsRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type ProjectSummaryRole string

const (
	ProjectSummaryRoleOwner     ProjectSummaryRole = "owner"
	ProjectSummaryRoleDeveloper ProjectSummaryRole = "developer"
	ProjectSummaryRoleViewer    ProjectSummaryRole = "viewer"
)

type ProjectToken struct {
	ID           string                   `json:"id"`
	Name         string                   `json:"name"`
	Hint         string                   `json:"hint"`
	Scopes       []ProjectTokenScopesItem `json:"scopes"`
	AllowedIPs   []string                 `json:"allowedIps"`
	CreatedAt    time.Time                `json:"createdAt"`
	ExpiresAt    *time.Time               `json:"expiresAt"`
	Older        *ProjectTokenOlder       `json:"older"`
	LastUsedAt   *time.Time               `json:"lastUsedAt"`
	LastUsedFrom *string                  `json:"lastUsedFrom"`
	RevokedAt    *time.Time               `json:"revokedAt"`
	Role         ProjectTokenRole         `json:"role"`
	CreatedBy    ProjectTokenCreatedBy    `json:"createdBy"`
}

type ProjectTokenCreatedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type ProjectTokenOlder struct {
	Hint       string     `json:"hint"`
	LapsesAt   time.Time  `json:"lapsesAt"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
}

type ProjectTokenRole string

const (
	ProjectTokenRoleViewer    ProjectTokenRole = "viewer"
	ProjectTokenRoleDeveloper ProjectTokenRole = "developer"
)

type ProjectTokenScopesItem string

const (
	ProjectTokenScopesItemProjectsRead   ProjectTokenScopesItem = "projects:read"
	ProjectTokenScopesItemProjectsWrite  ProjectTokenScopesItem = "projects:write"
	ProjectTokenScopesItemMembersRead    ProjectTokenScopesItem = "members:read"
	ProjectTokenScopesItemMembersWrite   ProjectTokenScopesItem = "members:write"
	ProjectTokenScopesItemKeysRead       ProjectTokenScopesItem = "keys:read"
	ProjectTokenScopesItemKeysWrite      ProjectTokenScopesItem = "keys:write"
	ProjectTokenScopesItemUsageRead      ProjectTokenScopesItem = "usage:read"
	ProjectTokenScopesItemUsageWrite     ProjectTokenScopesItem = "usage:write"
	ProjectTokenScopesItemAuditRead      ProjectTokenScopesItem = "audit:read"
	ProjectTokenScopesItemAuditWrite     ProjectTokenScopesItem = "audit:write"
	ProjectTokenScopesItemCatalogueRead  ProjectTokenScopesItem = "catalogue:read"
	ProjectTokenScopesItemCatalogueWrite ProjectTokenScopesItem = "catalogue:write"
	ProjectTokenScopesItemAdminRead      ProjectTokenScopesItem = "admin:read"
	ProjectTokenScopesItemAdminWrite     ProjectTokenScopesItem = "admin:write"
)

type PutAPIsBySlugChangelogBody struct {
	// Body: Markdown. HTML is shown as text.
	Body string `json:"body"`
}

type PutAPIsBySlugGuidesByGuideBody struct {
	Title string `json:"title"`
	// Body: Markdown. HTML is shown as text.
	Body string `json:"body"`
	// Position: The order of guides; by default last.
	Position *int64 `json:"position,omitempty"`
}

type PutAdminBillingExportsByExportIDCustomersByProjectIDBody struct {
	// Customer: Null: nobody is billed for this project. Its events are not sent.
	Customer *string `json:"customer"`
}

type PutAdminKeysByKeyIDExemptionBody struct {
	Reason string `json:"reason"`
	Until  string `json:"until"`
}

type PutAdminKeysByKeyIDRuleExemptionBody struct {
	Reason string `json:"reason"`
	Until  string `json:"until"`
}

type PutAdminProjectsByProjectIDAPIsBySlugBody struct {
	Message  *string                                           `json:"message,omitempty"`
	Decision PutAdminProjectsByProjectIDAPIsBySlugBodyDecision `json:"decision"`
}

type PutAdminProjectsByProjectIDAPIsBySlugBodyDecision string

const (
	PutAdminProjectsByProjectIDAPIsBySlugBodyDecisionApprove PutAdminProjectsByProjectIDAPIsBySlugBodyDecision = "approve"
	PutAdminProjectsByProjectIDAPIsBySlugBodyDecisionDecline PutAdminProjectsByProjectIDAPIsBySlugBodyDecision = "decline"
)

type PutAdminProjectsByProjectIDAPIsBySlugOverrideBody struct {
	Terms PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTerms `json:"terms"`
	// Reason: Shown to the project.
	Reason *string `json:"reason,omitempty"`
	// EndsAt: When the terms of the plan apply again. Null: when the project leaves the plan.
	EndsAt *Nullable[string] `json:"endsAt,omitempty"`
}

type PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTerms struct {
	Limits *[]PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItem `json:"limits,omitempty"`
	// UnitsPerOperation: Units of a call by its operation, or by pattern with `*` at the end: the longest pattern that matches applies. 0 is free, and 1 applies without an entry. The `cost` of a verification multiplies them.
	UnitsPerOperation *map[string]int64 `json:"unitsPerOperation,omitempty"`
	// IncludedUnits: Units per calendar month (UTC); null if all are included.
	IncludedUnits *Nullable[int64] `json:"includedUnits,omitempty"`
	// Overage: Whether requests are denied once the included units are used up.
	Overage *PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsOverage `json:"overage,omitempty"`
	// Price: Information only: the portal takes no payments.
	Price *Nullable[PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsPrice] `json:"price,omitempty"`
}

type PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItem struct {
	Name string `json:"name"`
	// Operations: An operation, or those that begin like this if it ends in `*`. Null for all operations.
	Operations *Nullable[string]                                                                `json:"operations,omitempty"`
	Rate       *Nullable[PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemRate]  `json:"rate,omitempty"`
	Quota      *Nullable[PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuota] `json:"quota,omitempty"`
}

type PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuota struct {
	Limit  int64                                                                       `json:"limit"`
	Period PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuotaPeriod `json:"period"`
}

type PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuotaPeriod string

const (
	PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuotaPeriodDay   PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuotaPeriod = "day"
	PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuotaPeriodMonth PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemQuotaPeriod = "month"
)

type PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsLimitsItemRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

// PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsOverage: Whether requests are denied once the included units are used up.
type PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsOverage string

const (
	PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsOverageBlock PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsOverage = "block"
	PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsOverageAllow PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsOverage = "allow"
)

// PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsPrice: Information only: the portal takes no payments.
type PutAdminProjectsByProjectIDAPIsBySlugOverrideBodyTermsPrice struct {
	Currency string `json:"currency"`
	Monthly  any    `json:"monthly,omitempty"`
	// PerThousand: Per 1,000 units over the included ones.
	PerThousand any `json:"perThousand,omitempty"`
}

type PutAdminProjectsByProjectIDAPIsBySlugResponse struct {
	Status PutAdminProjectsByProjectIDAPIsBySlugResponseStatus `json:"status"`
}

type PutAdminProjectsByProjectIDAPIsBySlugResponseStatus string

const (
	PutAdminProjectsByProjectIDAPIsBySlugResponseStatusEnabled  PutAdminProjectsByProjectIDAPIsBySlugResponseStatus = "enabled"
	PutAdminProjectsByProjectIDAPIsBySlugResponseStatusPending  PutAdminProjectsByProjectIDAPIsBySlugResponseStatus = "pending"
	PutAdminProjectsByProjectIDAPIsBySlugResponseStatusDeclined PutAdminProjectsByProjectIDAPIsBySlugResponseStatus = "declined"
)

type PutAdminProjectsByProjectIDCeilingBody struct {
	Ceiling PutAdminProjectsByProjectIDCeilingBodyCeiling `json:"ceiling"`
}

type PutAdminProjectsByProjectIDCeilingBodyCeiling struct {
	Rate  *Nullable[PutAdminProjectsByProjectIDCeilingBodyCeilingRate]  `json:"rate,omitempty"`
	Quota *Nullable[PutAdminProjectsByProjectIDCeilingBodyCeilingQuota] `json:"quota,omitempty"`
}

type PutAdminProjectsByProjectIDCeilingBodyCeilingQuota struct {
	Limit  int64                                                    `json:"limit"`
	Period PutAdminProjectsByProjectIDCeilingBodyCeilingQuotaPeriod `json:"period"`
}

type PutAdminProjectsByProjectIDCeilingBodyCeilingQuotaPeriod string

const (
	PutAdminProjectsByProjectIDCeilingBodyCeilingQuotaPeriodDay   PutAdminProjectsByProjectIDCeilingBodyCeilingQuotaPeriod = "day"
	PutAdminProjectsByProjectIDCeilingBodyCeilingQuotaPeriodMonth PutAdminProjectsByProjectIDCeilingBodyCeilingQuotaPeriod = "month"
)

type PutAdminProjectsByProjectIDCeilingBodyCeilingRate struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
}

type PutAdminUsersByUserIDRoleBody struct {
	SiteRole PutAdminUsersByUserIDRoleBodySiteRole `json:"siteRole"`
}

type PutAdminUsersByUserIDRoleBodySiteRole string

const (
	PutAdminUsersByUserIDRoleBodySiteRoleAdmin     PutAdminUsersByUserIDRoleBodySiteRole = "admin"
	PutAdminUsersByUserIDRoleBodySiteRoleDeveloper PutAdminUsersByUserIDRoleBodySiteRole = "developer"
)

type PutProjectsByProjectIDAPIsBySlugBody struct {
	// Plan: The slug of one of the API's plans. Required if there are several that the project can choose.
	Plan *string `json:"plan,omitempty"`
	// Reason: Why the project needs the API. The administrator who approves the request reads it.
	Reason *string `json:"reason,omitempty"`
}

type PutProjectsByProjectIDAPIsBySlugResponse struct {
	Status PutProjectsByProjectIDAPIsBySlugResponseStatus `json:"status"`
}

type PutProjectsByProjectIDAPIsBySlugResponseStatus string

const (
	PutProjectsByProjectIDAPIsBySlugResponseStatusEnabled  PutProjectsByProjectIDAPIsBySlugResponseStatus = "enabled"
	PutProjectsByProjectIDAPIsBySlugResponseStatusPending  PutProjectsByProjectIDAPIsBySlugResponseStatus = "pending"
	PutProjectsByProjectIDAPIsBySlugResponseStatusDeclined PutProjectsByProjectIDAPIsBySlugResponseStatus = "declined"
)

type PutProjectsByProjectIDAPIsBySlugSubscriptionBody struct {
	Plan string `json:"plan"`
	// TakesEffect: Now, or at the end of the calendar month (UTC). The first plan starts now.
	TakesEffect *PutProjectsByProjectIDAPIsBySlugSubscriptionBodyTakesEffect `json:"takesEffect,omitempty"`
	// ReplaceScheduled: Whether a change that takes effect now may replace a scheduled change to another plan. Default: false.
	ReplaceScheduled *bool `json:"replaceScheduled,omitempty"`
}

// PutProjectsByProjectIDAPIsBySlugSubscriptionBodyTakesEffect: Now, or at the end of the calendar month (UTC). The first plan starts now.
type PutProjectsByProjectIDAPIsBySlugSubscriptionBodyTakesEffect string

const (
	PutProjectsByProjectIDAPIsBySlugSubscriptionBodyTakesEffectNow       PutProjectsByProjectIDAPIsBySlugSubscriptionBodyTakesEffect = "now"
	PutProjectsByProjectIDAPIsBySlugSubscriptionBodyTakesEffectPeriodEnd PutProjectsByProjectIDAPIsBySlugSubscriptionBodyTakesEffect = "period-end"
)

type PutProjectsByProjectIDKeyRulesBody struct {
	Rules *PutProjectsByProjectIDKeyRulesBodyRules `json:"rules"`
}

type PutProjectsByProjectIDKeyRulesBodyRules struct {
	MaxLifeDays         PutProjectsByProjectIDKeyRulesBodyRulesMaxLifeDays   `json:"maxLifeDays"`
	ExpiryRequired      bool                                                 `json:"expiryRequired"`
	NamePattern         *string                                              `json:"namePattern"`
	DescriptionRequired bool                                                 `json:"descriptionRequired"`
	ExternalIDRequired  bool                                                 `json:"externalIdRequired"`
	ApprovalRequired    *bool                                                `json:"approvalRequired,omitempty"`
	ExistingKeys        *PutProjectsByProjectIDKeyRulesBodyRulesExistingKeys `json:"existingKeys,omitempty"`
	NoticeDays          *int64                                               `json:"noticeDays,omitempty"`
}

type PutProjectsByProjectIDKeyRulesBodyRulesExistingKeys string

const (
	PutProjectsByProjectIDKeyRulesBodyRulesExistingKeysKeep    PutProjectsByProjectIDKeyRulesBodyRulesExistingKeys = "keep"
	PutProjectsByProjectIDKeyRulesBodyRulesExistingKeysNotify  PutProjectsByProjectIDKeyRulesBodyRulesExistingKeys = "notify"
	PutProjectsByProjectIDKeyRulesBodyRulesExistingKeysDisable PutProjectsByProjectIDKeyRulesBodyRulesExistingKeys = "disable"
)

type PutProjectsByProjectIDKeyRulesBodyRulesMaxLifeDays struct {
	Live *int64 `json:"live"`
	Test *int64 `json:"test"`
}

type PutProjectsByProjectIDMembersByUserIDBody struct {
	Role PutProjectsByProjectIDMembersByUserIDBodyRole `json:"role"`
}

type PutProjectsByProjectIDMembersByUserIDBodyRole string

const (
	PutProjectsByProjectIDMembersByUserIDBodyRoleOwner     PutProjectsByProjectIDMembersByUserIDBodyRole = "owner"
	PutProjectsByProjectIDMembersByUserIDBodyRoleDeveloper PutProjectsByProjectIDMembersByUserIDBodyRole = "developer"
	PutProjectsByProjectIDMembersByUserIDBodyRoleViewer    PutProjectsByProjectIDMembersByUserIDBodyRole = "viewer"
)

type PutProjectsByProjectIDSecretAgeBody struct {
	Rule *PutProjectsByProjectIDSecretAgeBodyRule `json:"rule"`
}

type PutProjectsByProjectIDSecretAgeBodyRule struct {
	MaxDays int64 `json:"maxDays"`
	Cut     bool  `json:"cut"`
}

type Request struct {
	ID string `json:"id"`
	// RequestID: As in the verdict's response. In a batch, with a dot and the position of the check.
	RequestID   string             `json:"requestId"`
	Time        time.Time          `json:"time"`
	KeyID       string             `json:"keyId"`
	KeyName     string             `json:"keyName"`
	SecretID    string             `json:"secretId"`
	Environment RequestEnvironment `json:"environment"`
	Code        RequestCode        `json:"code"`
	API         string             `json:"api"`
	Operation   *string            `json:"operation"`
	Observed    map[string]string  `json:"observed"`
	Words       *string            `json:"words"`
	Client      RequestClient      `json:"client"`
}

type RequestClient struct {
	ClientIP        *string `json:"clientIp"`
	Referrer        *string `json:"referrer"`
	Origin          *string `json:"origin"`
	AndroidPackage  *string `json:"androidPackage"`
	AndroidCertSHA1 *string `json:"androidCertSha1"`
	IOSBundleID     *string `json:"iosBundleId"`
}

type RequestCode string

const (
	RequestCodeKeyMissing          RequestCode = "KEY_MISSING"
	RequestCodeKeyMalformed        RequestCode = "KEY_MALFORMED"
	RequestCodeKeyNotFound         RequestCode = "KEY_NOT_FOUND"
	RequestCodeKeyRevoked          RequestCode = "KEY_REVOKED"
	RequestCodeKeyDisabled         RequestCode = "KEY_DISABLED"
	RequestCodeKeyExpired          RequestCode = "KEY_EXPIRED"
	RequestCodeKeyRotated          RequestCode = "KEY_ROTATED"
	RequestCodeProjectSuspended    RequestCode = "PROJECT_SUSPENDED"
	RequestCodeAPINotEnabled       RequestCode = "API_NOT_ENABLED"
	RequestCodeAPINotAllowed       RequestCode = "API_NOT_ALLOWED"
	RequestCodeOperationNotAllowed RequestCode = "OPERATION_NOT_ALLOWED"
	RequestCodeScopeNotGranted     RequestCode = "SCOPE_NOT_GRANTED"
	RequestCodeClientIPUnknown     RequestCode = "CLIENT_IP_UNKNOWN"
	RequestCodeIPNotAllowed        RequestCode = "IP_NOT_ALLOWED"
	RequestCodeReferrerNotAllowed  RequestCode = "REFERRER_NOT_ALLOWED"
	RequestCodeAppNotAllowed       RequestCode = "APP_NOT_ALLOWED"
	RequestCodeRateLimited         RequestCode = "RATE_LIMITED"
	RequestCodeQuotaExceeded       RequestCode = "QUOTA_EXCEEDED"
	RequestCodeValid               RequestCode = "VALID"
)

type RequestEnvironment string

const (
	RequestEnvironmentLive RequestEnvironment = "live"
	RequestEnvironmentTest RequestEnvironment = "test"
)

type RestrictionSuggestion struct {
	Since time.Time `json:"since"`
	// Checks: Allowed requests.
	Checks int64 `json:"checks"`
	// RefusedAlready: Those of them that would be denied now, by the key's restrictions or because an API is no longer enabled.
	RefusedAlready RestrictionSuggestionRefusedAlready `json:"refusedAlready"`
	Suggestion     *RestrictionSuggestionSuggestion    `json:"suggestion"`
	Why            *string                             `json:"why"`
}

// RestrictionSuggestionRefusedAlready: Those of them that would be denied now, by the key's restrictions or because an API is no longer enabled.
type RestrictionSuggestionRefusedAlready struct {
	AtLeast int64 `json:"atLeast"`
	AtMost  int64 `json:"atMost"`
}

type RestrictionSuggestionSuggestion struct {
	Restrictions Restrictions                                  `json:"restrictions"`
	Sentence     string                                        `json:"sentence"`
	Evidence     []RestrictionSuggestionSuggestionEvidenceItem `json:"evidence"`
	// WouldRefuse: The maximum number of the other requests that would be denied; 0 unless rare traffic is ignored.
	WouldRefuse int64 `json:"wouldRefuse"`
}

type RestrictionSuggestionSuggestionEvidenceItem struct {
	Kind       RestrictionSuggestionSuggestionEvidenceItemKind `json:"kind"`
	Entry      string                                          `json:"entry"`
	Count      int64                                           `json:"count"`
	LastSeenAt *time.Time                                      `json:"lastSeenAt"`
}

type RestrictionSuggestionSuggestionEvidenceItemKind string

const (
	RestrictionSuggestionSuggestionEvidenceItemKindAPIs      RestrictionSuggestionSuggestionEvidenceItemKind = "apis"
	RestrictionSuggestionSuggestionEvidenceItemKindIPs       RestrictionSuggestionSuggestionEvidenceItemKind = "ips"
	RestrictionSuggestionSuggestionEvidenceItemKindReferrers RestrictionSuggestionSuggestionEvidenceItemKind = "referrers"
	RestrictionSuggestionSuggestionEvidenceItemKindApps      RestrictionSuggestionSuggestionEvidenceItemKind = "apps"
)

type Restrictions struct {
	IPs       []string               `json:"ips"`
	Referrers []string               `json:"referrers"`
	Apps      RestrictionsApps       `json:"apps"`
	APIs      []RestrictionsAPIsItem `json:"apis"`
}

type RestrictionsAPIsItem struct {
	API string `json:"api"`
	// Operations: Empty for all of them.
	Operations []string `json:"operations"`
	// Scopes: The scopes that the key has for the API. Absent for all of them.
	Scopes []string `json:"scopes,omitempty"`
}

type RestrictionsApps struct {
	Android []RestrictionsAppsAndroidItem `json:"android"`
	IOS     []RestrictionsAppsIOSItem     `json:"ios"`
}

type RestrictionsAppsAndroidItem struct {
	Package string `json:"package"`
	SHA1    string `json:"sha1"`
}

type RestrictionsAppsIOSItem struct {
	BundleID string `json:"bundleId"`
}

type Revocations struct {
	// Complete: Whether these are all entries. Otherwise they follow the ones before `after`.
	Complete bool `json:"complete"`
	// Cursor: Send it as `after` with the next request.
	Cursor string `json:"cursor"`
	// More: Whether more entries can be read at once.
	More bool `json:"more"`
	// AsOf: Everything that was revoked before this time is listed.
	AsOf time.Time `json:"asOf"`
	// LagMs: How old `asOf` was when this was answered, ms.
	LagMs   int64                    `json:"lagMs"`
	Entries []RevocationsEntriesItem `json:"entries"`
}

type RevocationsEntriesItem struct {
	// KeyID: Deny tokens whose `sub` is this key.
	KeyID *string `json:"keyId,omitempty"`
	// SecretID: With `keyId`: deny only tokens of that key whose `latchkey.secret` is this secret.
	SecretID *string `json:"secretId,omitempty"`
	// ProjectID: Deny tokens whose `latchkey.project` is this project.
	ProjectID *string `json:"projectId,omitempty"`
	// Jti: Deny this token.
	Jti *string `json:"jti,omitempty"`
	// IssuedBefore: Deny only tokens with an `iat` before this time; null for all. A later entry replaces an earlier one.
	IssuedBefore *time.Time `json:"issuedBefore"`
	// Until: The entry can be forgotten then: every token that it denies has expired.
	Until time.Time `json:"until"`
}

type Rotation struct {
	Rotation *RotationRotation `json:"rotation"`
}

type RotationRotation struct {
	RotatedAt    time.Time                        `json:"rotatedAt"`
	LongestUntil time.Time                        `json:"longestUntil"`
	Older        RotationRotationOlder            `json:"older"`
	Current      RotationRotationCurrent          `json:"current"`
	Senders      []RotationRotationSendersItem    `json:"senders"`
	Operations   []RotationRotationOperationsItem `json:"operations"`
}

type RotationRotationCurrent struct {
	ID         string     `json:"id"`
	Hint       string     `json:"hint"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
	LastHour   int64      `json:"lastHour"`
	Minutes    []int64    `json:"minutes"`
	Total      int64      `json:"total"`
}

type RotationRotationOlder struct {
	ID         string     `json:"id"`
	Hint       string     `json:"hint"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
	LastHour   int64      `json:"lastHour"`
	Minutes    []int64    `json:"minutes"`
	Total      int64      `json:"total"`
	LapsesAt   time.Time  `json:"lapsesAt"`
}

type RotationRotationOperationsItem struct {
	API        string    `json:"api"`
	Operation  string    `json:"operation"`
	Count      int64     `json:"count"`
	LastSeenAt time.Time `json:"lastSeenAt"`
}

type RotationRotationSendersItem struct {
	Kind       RotationRotationSendersItemKind `json:"kind"`
	Value      string                          `json:"value"`
	Values     int64                           `json:"values"`
	Count      int64                           `json:"count"`
	LastSeenAt time.Time                       `json:"lastSeenAt"`
}

type RotationRotationSendersItemKind string

const (
	RotationRotationSendersItemKindAddress RotationRotationSendersItemKind = "address"
	RotationRotationSendersItemKindOrigin  RotationRotationSendersItemKind = "origin"
	RotationRotationSendersItemKindApp     RotationRotationSendersItemKind = "app"
)

type RuleExemption struct {
	Reason string    `json:"reason"`
	Until  time.Time `json:"until"`
	By     string    `json:"by"`
}

type RuleOutcome struct {
	Kind    RuleOutcomeKind    `json:"kind"`
	Outcome RuleOutcomeOutcome `json:"outcome"`
	Code    *RuleOutcomeCode   `json:"code"`
	// Matched: The entry that allowed the request.
	Matched  *string           `json:"matched"`
	Observed map[string]string `json:"observed"`
	Words    string            `json:"words"`
}

type RuleOutcomeCode string

const (
	RuleOutcomeCodeKeyMissing          RuleOutcomeCode = "KEY_MISSING"
	RuleOutcomeCodeKeyMalformed        RuleOutcomeCode = "KEY_MALFORMED"
	RuleOutcomeCodeKeyNotFound         RuleOutcomeCode = "KEY_NOT_FOUND"
	RuleOutcomeCodeKeyRevoked          RuleOutcomeCode = "KEY_REVOKED"
	RuleOutcomeCodeKeyDisabled         RuleOutcomeCode = "KEY_DISABLED"
	RuleOutcomeCodeKeyExpired          RuleOutcomeCode = "KEY_EXPIRED"
	RuleOutcomeCodeKeyRotated          RuleOutcomeCode = "KEY_ROTATED"
	RuleOutcomeCodeProjectSuspended    RuleOutcomeCode = "PROJECT_SUSPENDED"
	RuleOutcomeCodeAPINotEnabled       RuleOutcomeCode = "API_NOT_ENABLED"
	RuleOutcomeCodeAPINotAllowed       RuleOutcomeCode = "API_NOT_ALLOWED"
	RuleOutcomeCodeOperationNotAllowed RuleOutcomeCode = "OPERATION_NOT_ALLOWED"
	RuleOutcomeCodeScopeNotGranted     RuleOutcomeCode = "SCOPE_NOT_GRANTED"
	RuleOutcomeCodeClientIPUnknown     RuleOutcomeCode = "CLIENT_IP_UNKNOWN"
	RuleOutcomeCodeIPNotAllowed        RuleOutcomeCode = "IP_NOT_ALLOWED"
	RuleOutcomeCodeReferrerNotAllowed  RuleOutcomeCode = "REFERRER_NOT_ALLOWED"
	RuleOutcomeCodeAppNotAllowed       RuleOutcomeCode = "APP_NOT_ALLOWED"
	RuleOutcomeCodeRateLimited         RuleOutcomeCode = "RATE_LIMITED"
	RuleOutcomeCodeQuotaExceeded       RuleOutcomeCode = "QUOTA_EXCEEDED"
)

type RuleOutcomeKind string

const (
	RuleOutcomeKindAPIs      RuleOutcomeKind = "apis"
	RuleOutcomeKindIPs       RuleOutcomeKind = "ips"
	RuleOutcomeKindReferrers RuleOutcomeKind = "referrers"
	RuleOutcomeKindApps      RuleOutcomeKind = "apps"
)

type RuleOutcomeOutcome string

const (
	RuleOutcomeOutcomeUnrestricted RuleOutcomeOutcome = "unrestricted"
	RuleOutcomeOutcomeAllowed      RuleOutcomeOutcome = "allowed"
	RuleOutcomeOutcomeRefused      RuleOutcomeOutcome = "refused"
)

type Secret struct {
	ID         string     `json:"id"`
	Hint       string     `json:"hint"`
	CreatedAt  time.Time  `json:"createdAt"`
	LapsesAt   *time.Time `json:"lapsesAt"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
}

type SecretAges struct {
	Site    *SecretAgesSite    `json:"site"`
	Project *SecretAgesProject `json:"project"`
}

type SecretAgesProject struct {
	MaxDays int64 `json:"maxDays"`
	Cut     bool  `json:"cut"`
}

type SecretAgesSite struct {
	MaxDays int64 `json:"maxDays"`
	Cut     bool  `json:"cut"`
}

type ServiceToken struct {
	ID                string                `json:"id"`
	Name              string                `json:"name"`
	API               *string               `json:"api"`
	TrustedProxies    []string              `json:"trustedProxies"`
	Hint              string                `json:"hint"`
	CreatedAt         time.Time             `json:"createdAt"`
	CreatedBy         ServiceTokenCreatedBy `json:"createdBy"`
	LocalVerification bool                  `json:"localVerification"`
	ExpiresAt         *time.Time            `json:"expiresAt"`
	Older             *ServiceTokenOlder    `json:"older"`
	LastUsedAt        *time.Time            `json:"lastUsedAt"`
	RevokedAt         *time.Time            `json:"revokedAt"`
}

type ServiceTokenCreatedBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type ServiceTokenOlder struct {
	Hint       string     `json:"hint"`
	LapsesAt   time.Time  `json:"lapsesAt"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
}

type Simulated struct {
	Valid       bool                  `json:"valid"`
	Code        string                `json:"code"`
	RequestID   string                `json:"requestId"`
	KeyID       *string               `json:"keyId,omitempty"`
	SecretID    *string               `json:"secretId,omitempty"`
	ProjectID   *string               `json:"projectId,omitempty"`
	Name        *string               `json:"name,omitempty"`
	Environment *SimulatedEnvironment `json:"environment,omitempty"`
	API         *string               `json:"api,omitempty"`
	Operation   *string               `json:"operation,omitempty"`
	Metadata    map[string]any        `json:"metadata,omitempty"`
	Description *string               `json:"description,omitempty"`
	Tags        []string              `json:"tags,omitempty"`
	// ExternalID: The ID of the customer, tenant or app in your own system.
	ExternalID *string `json:"externalId,omitempty"`
	// Scopes: The scopes that the key has for the API: all that the API declares unless it is limited to some.
	Scopes    []string            `json:"scopes,omitempty"`
	ExpiresAt *time.Time          `json:"expiresAt,omitempty"`
	Rotation  *SimulatedRotation  `json:"rotation,omitempty"`
	RateLimit *SimulatedRateLimit `json:"rateLimit,omitempty"`
	Quota     *SimulatedQuota     `json:"quota,omitempty"`
	Rules     []RuleOutcome       `json:"rules"`
	// Message: One sentence that says what to do.
	Message *string `json:"message,omitempty"`
	// Observed: The values that the rule checked.
	Observed map[string]string `json:"observed,omitempty"`
	// RetryAfterMs: For a limit: the time until the same request would be allowed.
	RetryAfterMs *int64 `json:"retryAfterMs,omitempty"`
}

type SimulatedEnvironment string

const (
	SimulatedEnvironmentLive SimulatedEnvironment = "live"
	SimulatedEnvironmentTest SimulatedEnvironment = "test"
)

type SimulatedQuota struct {
	Limit     int64                `json:"limit"`
	Period    SimulatedQuotaPeriod `json:"period"`
	Remaining int64                `json:"remaining"`
	ResetAt   time.Time            `json:"resetAt"`
	// Policy: The plan and the name of its limit, if the limit belongs to a plan.
	Policy *SimulatedQuotaPolicy `json:"policy,omitempty"`
}

type SimulatedQuotaPeriod string

const (
	SimulatedQuotaPeriodDay   SimulatedQuotaPeriod = "day"
	SimulatedQuotaPeriodMonth SimulatedQuotaPeriod = "month"
)

// SimulatedQuotaPolicy: The plan and the name of its limit, if the limit belongs to a plan.
type SimulatedQuotaPolicy struct {
	Plan string `json:"plan"`
	Name string `json:"name"`
}

type SimulatedRateLimit struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
	Remaining     int64 `json:"remaining"`
	ResetMs       int64 `json:"resetMs"`
	// Policy: The plan and the name of its limit, if the limit belongs to a plan.
	Policy *SimulatedRateLimitPolicy `json:"policy,omitempty"`
}

// SimulatedRateLimitPolicy: The plan and the name of its limit, if the limit belongs to a plan.
type SimulatedRateLimitPolicy struct {
	Plan string `json:"plan"`
	Name string `json:"name"`
}

type SimulatedRotation struct {
	LapsesAt time.Time `json:"lapsesAt"`
}

type Statement struct {
	ProjectID   string `json:"projectId"`
	ProjectName string `json:"projectName"`
	Month       string `json:"month"`
	// Status: A month is closed 48 hours after its end. Then its statement never changes.
	Status   StatementStatus `json:"status"`
	ClosesAt time.Time       `json:"closesAt"`
	Lines    []StatementLine `json:"lines"`
	Total    StatementTotal  `json:"total"`
}

type StatementLine struct {
	// Kind: Usage of an operation; the monthly price of a plan; or usage of an earlier month that was counted after its statement was closed.
	Kind StatementLineKind `json:"kind"`
	// Month: With `late`: the earlier month.
	Month *string `json:"month"`
	API   string  `json:"api"`
	// Plan: Null without a plan.
	Plan *StatementLinePlan `json:"plan"`
	// Trial: Whether it is free, because the plan is in its trial.
	Trial bool `json:"trial"`
	// Operation: Empty for requests without a known operation; null for a fee.
	Operation *string `json:"operation"`
	// Requests: Allowed requests.
	Requests int64 `json:"requests"`
	Units    int64 `json:"units"`
	// Included: Units that the plan includes; all without a plan.
	Included int64 `json:"included"`
	// Over: Units beyond the included ones.
	Over int64 `json:"over"`
	// Price: Per 1,000 units over, or per month for a fee.
	Price    *string `json:"price"`
	Currency *string `json:"currency"`
	// Amount: Decimal, rounded half up to the currency's minor unit; null without a price.
	Amount *string `json:"amount"`
}

// StatementLineKind: Usage of an operation; the monthly price of a plan; or usage of an earlier month that was counted after its statement was closed.
type StatementLineKind string

const (
	StatementLineKindUsage StatementLineKind = "usage"
	StatementLineKindFee   StatementLineKind = "fee"
	StatementLineKindLate  StatementLineKind = "late"
)

type StatementLinePlan struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Version int64  `json:"version"`
}

// StatementStatus: A month is closed 48 hours after its end. Then its statement never changes.
type StatementStatus string

const (
	StatementStatusProvisional StatementStatus = "provisional"
	StatementStatusClosed      StatementStatus = "closed"
)

type StatementTotal struct {
	Requests int64                       `json:"requests"`
	Units    int64                       `json:"units"`
	Amounts  []StatementTotalAmountsItem `json:"amounts"`
}

type StatementTotalAmountsItem struct {
	Currency string `json:"currency"`
	Amount   string `json:"amount"`
}

type Subscription struct {
	ProjectID string          `json:"projectId"`
	API       SubscriptionAPI `json:"api"`
	// Plan: Null without a plan: then only the project's limits apply.
	Plan    *SubscriptionPlan `json:"plan"`
	Version *int64            `json:"version"`
	// Terms: Those of the version, with the override.
	Terms       *PlanTerms            `json:"terms"`
	StartsAt    *time.Time            `json:"startsAt"`
	TrialEndsAt *time.Time            `json:"trialEndsAt"`
	Override    *SubscriptionOverride `json:"override"`
	// Next: The plan from the end of the month on; null if it stays.
	Next *SubscriptionNext `json:"next"`
	// Request: A plan that needs an administrator's approval.
	Request *SubscriptionRequest `json:"request"`
}

type SubscriptionAPI struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type SubscriptionNext struct {
	Plan     SubscriptionNextPlan `json:"plan"`
	StartsAt time.Time            `json:"startsAt"`
}

type SubscriptionNextPlan struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type SubscriptionOverride struct {
	// Terms: The terms that differ from those of the plan.
	Terms  PlanOverrideTerms `json:"terms"`
	Reason string            `json:"reason"`
	// EndsAt: When the terms of the plan apply again; null if no end is set.
	EndsAt    *time.Time `json:"endsAt"`
	UpdatedAt time.Time  `json:"updatedAt"`
	// UnmatchedPatterns: Patterns in the terms that match no operation of the API; none if it lists no operations.
	UnmatchedPatterns []string `json:"unmatchedPatterns"`
}

type SubscriptionPlan struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type SubscriptionRequest struct {
	Plan        SubscriptionRequestPlan        `json:"plan"`
	TakesEffect SubscriptionRequestTakesEffect `json:"takesEffect"`
	Status      SubscriptionRequestStatus      `json:"status"`
	RequestedAt time.Time                      `json:"requestedAt"`
	// Message: From the administrator who declined.
	Message *string `json:"message"`
}

type SubscriptionRequestPlan struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type SubscriptionRequestStatus string

const (
	SubscriptionRequestStatusPending  SubscriptionRequestStatus = "pending"
	SubscriptionRequestStatusDeclined SubscriptionRequestStatus = "declined"
)

type SubscriptionRequestTakesEffect string

const (
	SubscriptionRequestTakesEffectNow       SubscriptionRequestTakesEffect = "now"
	SubscriptionRequestTakesEffectPeriodEnd SubscriptionRequestTakesEffect = "period-end"
)

type TrialResult struct {
	Since *time.Time `json:"since"`
	// CountedFrom: The start of the counts: `since`, but at most 100 days ago.
	CountedFrom *time.Time              `json:"countedFrom"`
	Judged      int64                   `json:"judged"`
	WouldRefuse int64                   `json:"wouldRefuse"`
	Interval    string                  `json:"interval"`
	Series      []TrialResultSeriesItem `json:"series"`
}

type TrialResultSeriesItem struct {
	Group  TrialResultSeriesItemGroup `json:"group"`
	Label  string                     `json:"label"`
	Points [][2]float64               `json:"points"`
	Total  int64                      `json:"total"`
}

type TrialResultSeriesItemGroup string

const (
	TrialResultSeriesItemGroupKeyMissing          TrialResultSeriesItemGroup = "KEY_MISSING"
	TrialResultSeriesItemGroupKeyMalformed        TrialResultSeriesItemGroup = "KEY_MALFORMED"
	TrialResultSeriesItemGroupKeyNotFound         TrialResultSeriesItemGroup = "KEY_NOT_FOUND"
	TrialResultSeriesItemGroupKeyRevoked          TrialResultSeriesItemGroup = "KEY_REVOKED"
	TrialResultSeriesItemGroupKeyDisabled         TrialResultSeriesItemGroup = "KEY_DISABLED"
	TrialResultSeriesItemGroupKeyExpired          TrialResultSeriesItemGroup = "KEY_EXPIRED"
	TrialResultSeriesItemGroupKeyRotated          TrialResultSeriesItemGroup = "KEY_ROTATED"
	TrialResultSeriesItemGroupProjectSuspended    TrialResultSeriesItemGroup = "PROJECT_SUSPENDED"
	TrialResultSeriesItemGroupAPINotEnabled       TrialResultSeriesItemGroup = "API_NOT_ENABLED"
	TrialResultSeriesItemGroupAPINotAllowed       TrialResultSeriesItemGroup = "API_NOT_ALLOWED"
	TrialResultSeriesItemGroupOperationNotAllowed TrialResultSeriesItemGroup = "OPERATION_NOT_ALLOWED"
	TrialResultSeriesItemGroupScopeNotGranted     TrialResultSeriesItemGroup = "SCOPE_NOT_GRANTED"
	TrialResultSeriesItemGroupClientIPUnknown     TrialResultSeriesItemGroup = "CLIENT_IP_UNKNOWN"
	TrialResultSeriesItemGroupIPNotAllowed        TrialResultSeriesItemGroup = "IP_NOT_ALLOWED"
	TrialResultSeriesItemGroupReferrerNotAllowed  TrialResultSeriesItemGroup = "REFERRER_NOT_ALLOWED"
	TrialResultSeriesItemGroupAppNotAllowed       TrialResultSeriesItemGroup = "APP_NOT_ALLOWED"
	TrialResultSeriesItemGroupRateLimited         TrialResultSeriesItemGroup = "RATE_LIMITED"
	TrialResultSeriesItemGroupQuotaExceeded       TrialResultSeriesItemGroup = "QUOTA_EXCEEDED"
	TrialResultSeriesItemGroupValid               TrialResultSeriesItemGroup = "VALID"
)

type Tried struct {
	Valid       bool              `json:"valid"`
	Code        string            `json:"code"`
	RequestID   string            `json:"requestId"`
	Environment *TriedEnvironment `json:"environment,omitempty"`
	API         *string           `json:"api,omitempty"`
	Operation   *string           `json:"operation,omitempty"`
	// Scopes: The scopes that the key has for the API: all that the API declares unless it is limited to some.
	Scopes    []string       `json:"scopes,omitempty"`
	ExpiresAt *time.Time     `json:"expiresAt,omitempty"`
	Rotation  *TriedRotation `json:"rotation,omitempty"`
	// Message: One sentence that says what to do.
	Message *string `json:"message,omitempty"`
	// Observed: The values that the rule checked.
	Observed map[string]string `json:"observed,omitempty"`
	// RetryAfterMs: For a limit: the time until the same request would be allowed.
	RetryAfterMs *int64 `json:"retryAfterMs,omitempty"`
}

type TriedEnvironment string

const (
	TriedEnvironmentLive TriedEnvironment = "live"
	TriedEnvironmentTest TriedEnvironment = "test"
)

type TriedRotation struct {
	LapsesAt time.Time `json:"lapsesAt"`
}

type UnusedDryRun struct {
	Warn    UnusedDryRunWarn    `json:"warn"`
	Disable UnusedDryRunDisable `json:"disable"`
	Revoke  UnusedDryRunRevoke  `json:"revoke"`
	// Waiting: Of `warn`: unused for long enough to be disabled or revoked too, which happens at the earliest a week after the warning.
	Waiting UnusedDryRunWaiting `json:"waiting"`
}

type UnusedDryRunDisable struct {
	Count int64                          `json:"count"`
	First []UnusedDryRunDisableFirstItem `json:"first"`
}

type UnusedDryRunDisableFirstItem struct {
	ID        string                              `json:"id"`
	Name      string                              `json:"name"`
	Project   UnusedDryRunDisableFirstItemProject `json:"project"`
	IdleSince time.Time                           `json:"idleSince"`
}

type UnusedDryRunDisableFirstItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type UnusedDryRunRevoke struct {
	Count int64                         `json:"count"`
	First []UnusedDryRunRevokeFirstItem `json:"first"`
}

type UnusedDryRunRevokeFirstItem struct {
	ID        string                             `json:"id"`
	Name      string                             `json:"name"`
	Project   UnusedDryRunRevokeFirstItemProject `json:"project"`
	IdleSince time.Time                          `json:"idleSince"`
}

type UnusedDryRunRevokeFirstItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// UnusedDryRunWaiting: Of `warn`: unused for long enough to be disabled or revoked too, which happens at the earliest a week after the warning.
type UnusedDryRunWaiting struct {
	Count int64                          `json:"count"`
	First []UnusedDryRunWaitingFirstItem `json:"first"`
}

type UnusedDryRunWaitingFirstItem struct {
	ID        string                              `json:"id"`
	Name      string                              `json:"name"`
	Project   UnusedDryRunWaitingFirstItemProject `json:"project"`
	IdleSince time.Time                           `json:"idleSince"`
}

type UnusedDryRunWaitingFirstItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type UnusedDryRunWarn struct {
	Count int64                       `json:"count"`
	First []UnusedDryRunWarnFirstItem `json:"first"`
}

type UnusedDryRunWarnFirstItem struct {
	ID        string                           `json:"id"`
	Name      string                           `json:"name"`
	Project   UnusedDryRunWarnFirstItemProject `json:"project"`
	IdleSince time.Time                        `json:"idleSince"`
}

type UnusedDryRunWarnFirstItemProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type Usage struct {
	Interval UsageInterval `json:"interval"`
	From     time.Time     `json:"from"`
	To       time.Time     `json:"to"`
	// Series: A page of the groups, largest first, then all others added up as `(others)` if there are any.
	Series []UsageSeriesItem `json:"series"`
	// Total: The requests of all groups.
	Total float64 `json:"total"`
	// Groups: The number of all groups.
	Groups int64 `json:"groups"`
	// NextCursor: The cursor of the next page; null on the last.
	NextCursor *string `json:"nextCursor"`
	// Previous: With `compare`: the same number of buckets before `from`; null if they are no longer stored.
	Previous *UsagePrevious `json:"previous,omitempty"`
}

type UsageInterval string

const (
	UsageIntervalMinute UsageInterval = "minute"
	UsageIntervalHour   UsageInterval = "hour"
	UsageIntervalDay    UsageInterval = "day"
)

type UsagePrevious struct {
	From   time.Time    `json:"from"`
	To     time.Time    `json:"to"`
	Points [][2]float64 `json:"points"`
	Total  float64      `json:"total"`
}

type UsageSeriesItem struct {
	Group  string       `json:"group"`
	Label  string       `json:"label"`
	Points [][2]float64 `json:"points"`
	Total  float64      `json:"total"`
	// PreviousTotal: With `compare`: its requests in the previous period.
	PreviousTotal *float64 `json:"previousTotal,omitempty"`
}

type User struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Email      string       `json:"email"`
	SiteRole   UserSiteRole `json:"siteRole"`
	CreatedAt  time.Time    `json:"createdAt"`
	DisabledAt *time.Time   `json:"disabledAt"`
	Projects   int64        `json:"projects"`
}

type UserSiteRole string

const (
	UserSiteRoleAdmin     UserSiteRole = "admin"
	UserSiteRoleDeveloper UserSiteRole = "developer"
)

type Verdict struct {
	Valid       bool                `json:"valid"`
	Code        string              `json:"code"`
	RequestID   string              `json:"requestId"`
	KeyID       *string             `json:"keyId,omitempty"`
	SecretID    *string             `json:"secretId,omitempty"`
	ProjectID   *string             `json:"projectId,omitempty"`
	Name        *string             `json:"name,omitempty"`
	Environment *VerdictEnvironment `json:"environment,omitempty"`
	API         *string             `json:"api,omitempty"`
	Operation   *string             `json:"operation,omitempty"`
	Metadata    map[string]any      `json:"metadata,omitempty"`
	Description *string             `json:"description,omitempty"`
	Tags        []string            `json:"tags,omitempty"`
	// ExternalID: The ID of the customer, tenant or app in your own system.
	ExternalID *string `json:"externalId,omitempty"`
	// Scopes: The scopes that the key has for the API: all that the API declares unless it is limited to some.
	Scopes    []string          `json:"scopes,omitempty"`
	ExpiresAt *time.Time        `json:"expiresAt,omitempty"`
	Rotation  *VerdictRotation  `json:"rotation,omitempty"`
	RateLimit *VerdictRateLimit `json:"rateLimit,omitempty"`
	Quota     *VerdictQuota     `json:"quota,omitempty"`
	// Message: One sentence that says what to do.
	Message *string `json:"message,omitempty"`
	// Observed: The values that the rule checked.
	Observed map[string]string `json:"observed,omitempty"`
	// RetryAfterMs: For a limit: the time until the same request would be allowed.
	RetryAfterMs *int64 `json:"retryAfterMs,omitempty"`
}

type VerdictEnvironment string

const (
	VerdictEnvironmentLive VerdictEnvironment = "live"
	VerdictEnvironmentTest VerdictEnvironment = "test"
)

type VerdictQuota struct {
	Limit     int64              `json:"limit"`
	Period    VerdictQuotaPeriod `json:"period"`
	Remaining int64              `json:"remaining"`
	ResetAt   time.Time          `json:"resetAt"`
	// Policy: The plan and the name of its limit, if the limit belongs to a plan.
	Policy *VerdictQuotaPolicy `json:"policy,omitempty"`
}

type VerdictQuotaPeriod string

const (
	VerdictQuotaPeriodDay   VerdictQuotaPeriod = "day"
	VerdictQuotaPeriodMonth VerdictQuotaPeriod = "month"
)

// VerdictQuotaPolicy: The plan and the name of its limit, if the limit belongs to a plan.
type VerdictQuotaPolicy struct {
	Plan string `json:"plan"`
	Name string `json:"name"`
}

type VerdictRateLimit struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
	Remaining     int64 `json:"remaining"`
	ResetMs       int64 `json:"resetMs"`
	// Policy: The plan and the name of its limit, if the limit belongs to a plan.
	Policy *VerdictRateLimitPolicy `json:"policy,omitempty"`
}

// VerdictRateLimitPolicy: The plan and the name of its limit, if the limit belongs to a plan.
type VerdictRateLimitPolicy struct {
	Plan string `json:"plan"`
	Name string `json:"name"`
}

type VerdictRotation struct {
	LapsesAt time.Time `json:"lapsesAt"`
}

type Verifier struct {
	ID           string                `json:"id"`
	Kind         VerifierKind          `json:"kind"`
	Address      string                `json:"address"`
	ServiceToken *VerifierServiceToken `json:"serviceToken"`
	Version      string                `json:"version"`
	StartedAt    time.Time             `json:"startedAt"`
	LastSeenAt   time.Time             `json:"lastSeenAt"`
	Behind       int64                 `json:"behind"`
	BehindMs     float64               `json:"behindMs"`
}

type VerifierKind string

const (
	VerifierKindVerifier VerifierKind = "verifier"
	VerifierKindLocal    VerifierKind = "local"
)

type VerifierServiceToken struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type Webhook struct {
	ID string `json:"id"`
	// ProjectID: Null for a webhook of the site.
	ProjectID *string `json:"projectId"`
	// Format: `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
	Format WebhookFormat `json:"format"`
	// URL: With the format `slack` only its host and its end: it is a secret.
	URL              string               `json:"url"`
	Kinds            []WebhookKindsItem   `json:"kinds"`
	Enabled          bool                 `json:"enabled"`
	CreatedAt        time.Time            `json:"createdAt"`
	OlderSecretUntil *time.Time           `json:"olderSecretUntil"`
	LastDelivery     *WebhookLastDelivery `json:"lastDelivery"`
}

// WebhookFormat: `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
type WebhookFormat string

const (
	WebhookFormatSigned WebhookFormat = "signed"
	WebhookFormatSlack  WebhookFormat = "slack"
)

type WebhookKindsItem string

const (
	WebhookKindsItemKeyCreated             WebhookKindsItem = "key.created"
	WebhookKindsItemKeyExpiring            WebhookKindsItem = "key.expiring"
	WebhookKindsItemKeyDisabled            WebhookKindsItem = "key.disabled"
	WebhookKindsItemKeyEnabled             WebhookKindsItem = "key.enabled"
	WebhookKindsItemKeyRevoked             WebhookKindsItem = "key.revoked"
	WebhookKindsItemKeyRestored            WebhookKindsItem = "key.restored"
	WebhookKindsItemKeyRotated             WebhookKindsItem = "key.rotated"
	WebhookKindsItemKeyUnused              WebhookKindsItem = "key.unused"
	WebhookKindsItemKeyRuleBroken          WebhookKindsItem = "key.rule-broken"
	WebhookKindsItemKeyExemptionEnding     WebhookKindsItem = "key.exemption-ending"
	WebhookKindsItemKeyApprovalRequested   WebhookKindsItem = "key.approval-requested"
	WebhookKindsItemKeyApproved            WebhookKindsItem = "key.approved"
	WebhookKindsItemKeyRefused             WebhookKindsItem = "key.refused"
	WebhookKindsItemKeySecretOld           WebhookKindsItem = "key.secret-old"
	WebhookKindsItemKeyLeaked              WebhookKindsItem = "key.leaked"
	WebhookKindsItemKeysCreated            WebhookKindsItem = "keys.created"
	WebhookKindsItemKeysRevoked            WebhookKindsItem = "keys.revoked"
	WebhookKindsItemKeysDisabled           WebhookKindsItem = "keys.disabled"
	WebhookKindsItemKeysUnused             WebhookKindsItem = "keys.unused"
	WebhookKindsItemKeysRuleBroken         WebhookKindsItem = "keys.rule-broken"
	WebhookKindsItemKeysApprovalRequested  WebhookKindsItem = "keys.approval-requested"
	WebhookKindsItemKeysRestored           WebhookKindsItem = "keys.restored"
	WebhookKindsItemQuotaNearing           WebhookKindsItem = "quota.nearing"
	WebhookKindsItemQuotaExhausted         WebhookKindsItem = "quota.exhausted"
	WebhookKindsItemMemberAdded            WebhookKindsItem = "member.added"
	WebhookKindsItemMemberChangedByToken   WebhookKindsItem = "member.changed-by-token"
	WebhookKindsItemMemberCredentialsEnded WebhookKindsItem = "member.credentials-ended"
	WebhookKindsItemAccessRequested        WebhookKindsItem = "access.requested"
	WebhookKindsItemAccessEnabled          WebhookKindsItem = "access.enabled"
	WebhookKindsItemAccessDisabled         WebhookKindsItem = "access.disabled"
	WebhookKindsItemAccessApproved         WebhookKindsItem = "access.approved"
	WebhookKindsItemAccessDeclined         WebhookKindsItem = "access.declined"
	WebhookKindsItemOperationsDeprecated   WebhookKindsItem = "operations.deprecated"
	WebhookKindsItemPlanChanged            WebhookKindsItem = "plan.changed"
	WebhookKindsItemPlanApproved           WebhookKindsItem = "plan.approved"
	WebhookKindsItemPlanDeclined           WebhookKindsItem = "plan.declined"
	WebhookKindsItemPlanUpdated            WebhookKindsItem = "plan.updated"
	WebhookKindsItemPlanTrialEnding        WebhookKindsItem = "plan.trial-ending"
	WebhookKindsItemProjectCreated         WebhookKindsItem = "project.created"
	WebhookKindsItemProjectSuspended       WebhookKindsItem = "project.suspended"
	WebhookKindsItemProjectResumed         WebhookKindsItem = "project.resumed"
	WebhookKindsItemProjectDeleted         WebhookKindsItem = "project.deleted"
	WebhookKindsItemAlertQuota             WebhookKindsItem = "alert.quota"
	WebhookKindsItemAlertDenials           WebhookKindsItem = "alert.denials"
	WebhookKindsItemAlertNewNetwork        WebhookKindsItem = "alert.new-network"
	WebhookKindsItemAlertDormantKey        WebhookKindsItem = "alert.dormant-key"
	WebhookKindsItemWebhookTest            WebhookKindsItem = "webhook.test"
)

type WebhookLastDelivery struct {
	State WebhookLastDeliveryState `json:"state"`
	Time  time.Time                `json:"time"`
}

type WebhookLastDeliveryState string

const (
	WebhookLastDeliveryStateDue       WebhookLastDeliveryState = "due"
	WebhookLastDeliveryStateDelivered WebhookLastDeliveryState = "delivered"
	WebhookLastDeliveryStateFailed    WebhookLastDeliveryState = "failed"
)

// GetMe: Get the current user and their projects
func (c *Client) GetMe(ctx context.Context, options ...CallOption) (*Me, error) {
	return send[Me](ctx, c, call{method: "GET", path: []string{"/api/v1/me"}}, options)
}

// GetMeTokens: List your management tokens
func (c *Client) GetMeTokens(ctx context.Context, query GetMeTokensQuery, options ...CallOption) (*GetMeTokensResponse, error) {
	return send[GetMeTokensResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/me/tokens"}, query: query}, options)
}

// DeleteMeTokensByManagementTokenID: Revoke one of your management tokens
func (c *Client) DeleteMeTokensByManagementTokenID(ctx context.Context, managementTokenID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/me/tokens/", managementTokenID, ""}}, options)
}

// PostMeInvitations: Accept an invitation to a project, with the token of its one-time link
func (c *Client) PostMeInvitations(ctx context.Context, body PostMeInvitationsBody, options ...CallOption) (*PostMeInvitationsResponse, error) {
	return send[PostMeInvitationsResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/me/invitations"}, body: body}, options)
}

// GetMeNotices: List your notifications, newest first
func (c *Client) GetMeNotices(ctx context.Context, query GetMeNoticesQuery, options ...CallOption) (*GetMeNoticesResponse, error) {
	return send[GetMeNoticesResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/me/notices"}, query: query}, options)
}

// PostMeNoticesRead: Mark a notification and all earlier ones as read
func (c *Client) PostMeNoticesRead(ctx context.Context, body PostMeNoticesReadBody, options ...CallOption) error {
	return c.discard(ctx, call{method: "POST", path: []string{"/api/v1/me/notices/read"}, body: body}, options)
}

// GetProjects: List your projects; with `all`, all projects of the site (administrators)
func (c *Client) GetProjects(ctx context.Context, query GetProjectsQuery, options ...CallOption) (*GetProjectsResponse, error) {
	return send[GetProjectsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects"}, query: query}, options)
}

// PostProjects: Create a project that you own
func (c *Client) PostProjects(ctx context.Context, body PostProjectsBody, options ...CallOption) (*Project, error) {
	return send[Project](ctx, c, call{method: "POST", path: []string{"/api/v1/projects"}, body: body}, options)
}

// GetProjectsByProjectID: Get a project
func (c *Client) GetProjectsByProjectID(ctx context.Context, projectID string, options ...CallOption) (*ProjectDetail, error) {
	return send[ProjectDetail](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, ""}}, options)
}

// PatchProjectsByProjectID: Rename a project, or set the limits that its keys share (owner)
func (c *Client) PatchProjectsByProjectID(ctx context.Context, projectID string, body PatchProjectsByProjectIDBody, options ...CallOption) (*Project, error) {
	return send[Project](ctx, c, call{method: "PATCH", path: []string{"/api/v1/projects/", projectID, ""}, body: body}, options)
}

// DeleteProjectsByProjectID: Delete a project (owner); a conflict while it has keys that are not revoked
func (c *Client) DeleteProjectsByProjectID(ctx context.Context, projectID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, ""}}, options)
}

// GetProjectsByProjectIDSecretAge: Get the maximum secret age of a project: the site's and its own
func (c *Client) GetProjectsByProjectIDSecretAge(ctx context.Context, projectID string, options ...CallOption) (*SecretAges, error) {
	return send[SecretAges](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/secret-age"}}, options)
}

// PutProjectsByProjectIDSecretAge: Set the project's own maximum secret age (owner); with `cut`, overdue keys are disabled
func (c *Client) PutProjectsByProjectIDSecretAge(ctx context.Context, projectID string, body PutProjectsByProjectIDSecretAgeBody, options ...CallOption) (*SecretAges, error) {
	return send[SecretAges](ctx, c, call{method: "PUT", path: []string{"/api/v1/projects/", projectID, "/secret-age"}, body: body}, options)
}

// GetProjectsByProjectIDKeyRules: Get the rules for the keys of a project: the site's and its own
func (c *Client) GetProjectsByProjectIDKeyRules(ctx context.Context, projectID string, options ...CallOption) (*AppliedKeyRules, error) {
	return send[AppliedKeyRules](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/key-rules"}}, options)
}

// PutProjectsByProjectIDKeyRules: Set the project's own key rules, for keys that are created or changed from now on (owner)
// The site's rules apply as well, so a project can only be stricter. A token can't loosen them.
func (c *Client) PutProjectsByProjectIDKeyRules(ctx context.Context, projectID string, body PutProjectsByProjectIDKeyRulesBody, options ...CallOption) (*AppliedKeyRules, error) {
	return send[AppliedKeyRules](ctx, c, call{method: "PUT", path: []string{"/api/v1/projects/", projectID, "/key-rules"}, body: body}, options)
}

// PostProjectsByProjectIDKeyRulesDryRun: Preview what the key rules, or a draft of the project's own, do to existing keys (owner)
func (c *Client) PostProjectsByProjectIDKeyRulesDryRun(ctx context.Context, projectID string, body PostProjectsByProjectIDKeyRulesDryRunBody, options ...CallOption) (*KeyRulesDryRun, error) {
	return send[KeyRulesDryRun](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/key-rules/dry-run"}, body: body}, options)
}

// GetProjectsByProjectIDMembers: List the members of a project (owner)
func (c *Client) GetProjectsByProjectIDMembers(ctx context.Context, projectID string, query GetProjectsByProjectIDMembersQuery, options ...CallOption) (*GetProjectsByProjectIDMembersResponse, error) {
	return send[GetProjectsByProjectIDMembersResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/members"}, query: query}, options)
}

// PutProjectsByProjectIDMembersByUserID: Change a member's role (owner)
func (c *Client) PutProjectsByProjectIDMembersByUserID(ctx context.Context, projectID string, userID string, body PutProjectsByProjectIDMembersByUserIDBody, options ...CallOption) error {
	return c.discard(ctx, call{method: "PUT", path: []string{"/api/v1/projects/", projectID, "/members/", userID, ""}, body: body}, options)
}

// DeleteProjectsByProjectIDMembersByUserID: Remove a member (owner), or leave the project
func (c *Client) DeleteProjectsByProjectIDMembersByUserID(ctx context.Context, projectID string, userID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/members/", userID, ""}}, options)
}

// PostProjectsByProjectIDHandOver: Transfer ownership to another member and become a developer (owner)
// No management token may do this (403): sign in to the portal.
func (c *Client) PostProjectsByProjectIDHandOver(ctx context.Context, projectID string, body PostProjectsByProjectIDHandOverBody, options ...CallOption) error {
	return c.discard(ctx, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/hand-over"}, body: body}, options)
}

// GetProjectsByProjectIDInvitations: List the open invitations to a project (owner)
func (c *Client) GetProjectsByProjectIDInvitations(ctx context.Context, projectID string, query GetProjectsByProjectIDInvitationsQuery, options ...CallOption) (*GetProjectsByProjectIDInvitationsResponse, error) {
	return send[GetProjectsByProjectIDInvitationsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/invitations"}, query: query}, options)
}

// PostProjectsByProjectIDInvitations: Invite a person by email (owner); `link` is null if the invitation was mailed
func (c *Client) PostProjectsByProjectIDInvitations(ctx context.Context, projectID string, body PostProjectsByProjectIDInvitationsBody, options ...CallOption) (*PostProjectsByProjectIDInvitationsResponse, error) {
	return send[PostProjectsByProjectIDInvitationsResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/invitations"}, body: body}, options)
}

// DeleteProjectsByProjectIDInvitationsByInvitationID: Withdraw an invitation (owner)
func (c *Client) DeleteProjectsByProjectIDInvitationsByInvitationID(ctx context.Context, projectID string, invitationID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/invitations/", invitationID, ""}}, options)
}

// GetProjectsByProjectIDTokens: List the management tokens of a project that are not revoked (developer)
func (c *Client) GetProjectsByProjectIDTokens(ctx context.Context, projectID string, query GetProjectsByProjectIDTokensQuery, options ...CallOption) (*GetProjectsByProjectIDTokensResponse, error) {
	return send[GetProjectsByProjectIDTokensResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/tokens"}, query: query}, options)
}

// DeleteProjectsByProjectIDTokensByManagementTokenID: Revoke a management token of a project (owner)
func (c *Client) DeleteProjectsByProjectIDTokensByManagementTokenID(ctx context.Context, projectID string, managementTokenID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/tokens/", managementTokenID, ""}}, options)
}

// DeleteProjectsByProjectIDTokensByManagementTokenIDOlder: End the old secret of a rotated management token of a project now (owner)
func (c *Client) DeleteProjectsByProjectIDTokensByManagementTokenIDOlder(ctx context.Context, projectID string, managementTokenID string, options ...CallOption) (*ProjectToken, error) {
	return send[ProjectToken](ctx, c, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/tokens/", managementTokenID, "/older"}}, options)
}

// GetAPIs: List APIs
// A response has at most 1 MiB: if APIs have many operations, a page has fewer than `limit` APIs, and `nextCursor` leads to the others.
func (c *Client) GetAPIs(ctx context.Context, query GetAPIsQuery, options ...CallOption) (*GetAPIsResponse, error) {
	return send[GetAPIsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/apis"}, query: query}, options)
}

// PostAPIs: Add an API, by hand or from an OpenAPI document (administrators)
func (c *Client) PostAPIs(ctx context.Context, body PostAPIsBody, options ...CallOption) (*API, error) {
	return send[API](ctx, c, call{method: "POST", path: []string{"/api/v1/apis"}, body: body}, options)
}

// GetAPIsBySlug: Get an API and its operations
// A response has at most 1 MiB. If not all operations fit, `operationsCursor` is not null: send it as a query parameter to get the next ones.
func (c *Client) GetAPIsBySlug(ctx context.Context, slug string, query GetAPIsBySlugQuery, options ...CallOption) (*API, error) {
	return send[API](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", slug, ""}, query: query}, options)
}

// PatchAPIsBySlug: Change an API (administrators)
func (c *Client) PatchAPIsBySlug(ctx context.Context, slug string, body PatchAPIsBySlugBody, options ...CallOption) (*API, error) {
	return send[API](ctx, c, call{method: "PATCH", path: []string{"/api/v1/apis/", slug, ""}, body: body}, options)
}

// DeleteAPIsBySlug: Delete an API (administrators)
func (c *Client) DeleteAPIsBySlug(ctx context.Context, slug string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/apis/", slug, ""}}, options)
}

// GetAPIsBySlugAudience: List the projects that an API was opened to (administrators)
func (c *Client) GetAPIsBySlugAudience(ctx context.Context, slug string, options ...CallOption) (*GetAPIsBySlugAudienceResponse, error) {
	return send[GetAPIsBySlugAudienceResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", slug, "/audience"}}, options)
}

// GetAPIsBySlugGuides: List the guides of an API
func (c *Client) GetAPIsBySlugGuides(ctx context.Context, slug string, options ...CallOption) (*GetAPIsBySlugGuidesResponse, error) {
	return send[GetAPIsBySlugGuidesResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", slug, "/guides"}}, options)
}

// GetAPIsBySlugGuidesByGuide: Get a guide of an API
func (c *Client) GetAPIsBySlugGuidesByGuide(ctx context.Context, slug string, guide string, options ...CallOption) (*Guide, error) {
	return send[Guide](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", slug, "/guides/", guide, ""}}, options)
}

// PutAPIsBySlugGuidesByGuide: Create or replace a guide of an API (administrators)
func (c *Client) PutAPIsBySlugGuidesByGuide(ctx context.Context, slug string, guide string, body PutAPIsBySlugGuidesByGuideBody, options ...CallOption) (*Guide, error) {
	return send[Guide](ctx, c, call{method: "PUT", path: []string{"/api/v1/apis/", slug, "/guides/", guide, ""}, body: body}, options)
}

// DeleteAPIsBySlugGuidesByGuide: Delete a guide of an API (administrators)
func (c *Client) DeleteAPIsBySlugGuidesByGuide(ctx context.Context, slug string, guide string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/apis/", slug, "/guides/", guide, ""}}, options)
}

// GetAPIsBySlugChangelog: Get the changelog of an API
func (c *Client) GetAPIsBySlugChangelog(ctx context.Context, slug string, options ...CallOption) (*Changelog, error) {
	return send[Changelog](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", slug, "/changelog"}}, options)
}

// PutAPIsBySlugChangelog: Replace the changelog of an API (administrators)
func (c *Client) PutAPIsBySlugChangelog(ctx context.Context, slug string, body PutAPIsBySlugChangelogBody, options ...CallOption) (*Changelog, error) {
	return send[Changelog](ctx, c, call{method: "PUT", path: []string{"/api/v1/apis/", slug, "/changelog"}, body: body}, options)
}

// GetProjectsByProjectIDAPIs: List all APIs and their status in a project
func (c *Client) GetProjectsByProjectIDAPIs(ctx context.Context, projectID string, query GetProjectsByProjectIDAPIsQuery, options ...CallOption) (*GetProjectsByProjectIDAPIsResponse, error) {
	return send[GetProjectsByProjectIDAPIsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/apis"}, query: query}, options)
}

// PutProjectsByProjectIDAPIsBySlug: Enable an API for a project on one of its plans (developer); pending if one of them needs approval
// Only owners can choose a plan with a price.
func (c *Client) PutProjectsByProjectIDAPIsBySlug(ctx context.Context, projectID string, slug string, body PutProjectsByProjectIDAPIsBySlugBody, options ...CallOption) (*PutProjectsByProjectIDAPIsBySlugResponse, error) {
	return send[PutProjectsByProjectIDAPIsBySlugResponse](ctx, c, call{method: "PUT", path: []string{"/api/v1/projects/", projectID, "/apis/", slug, ""}, body: body}, options)
}

// DeleteProjectsByProjectIDAPIsBySlug: Disable an API for a project (developer); requests with the project's keys are denied within a second
func (c *Client) DeleteProjectsByProjectIDAPIsBySlug(ctx context.Context, projectID string, slug string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/apis/", slug, ""}}, options)
}

// GetAPIsByAPIPlans: List the plans of an API
// All plans for administrators, otherwise those that anyone can choose and those of the caller's projects.
func (c *Client) GetAPIsByAPIPlans(ctx context.Context, api string, options ...CallOption) (*GetAPIsByAPIPlansResponse, error) {
	return send[GetAPIsByAPIPlansResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", api, "/plans"}}, options)
}

// PostAPIsByAPIPlans: Add a plan to an API (administrators)
func (c *Client) PostAPIsByAPIPlans(ctx context.Context, api string, body PostAPIsByAPIPlansBody, options ...CallOption) (*Plan, error) {
	return send[Plan](ctx, c, call{method: "POST", path: []string{"/api/v1/apis/", api, "/plans"}, body: body}, options)
}

// GetAPIsByAPIPlansBySlug: Get a plan of an API
func (c *Client) GetAPIsByAPIPlansBySlug(ctx context.Context, api string, slug string, options ...CallOption) (*Plan, error) {
	return send[Plan](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", api, "/plans/", slug, ""}}, options)
}

// PatchAPIsByAPIPlansBySlug: Change a plan of an API (administrators)
// Changed terms are a new version. All subscribers move to it now, or at the end of the calendar month (UTC) with `takesEffect: "period-end"`. It replaces a version that is planned: 409 with the code VERSION_PLANNED for a change that takes effect now, unless `replacePlanned` is true.
func (c *Client) PatchAPIsByAPIPlansBySlug(ctx context.Context, api string, slug string, body PatchAPIsByAPIPlansBySlugBody, options ...CallOption) (*Plan, error) {
	return send[Plan](ctx, c, call{method: "PATCH", path: []string{"/api/v1/apis/", api, "/plans/", slug, ""}, body: body}, options)
}

// DeleteAPIsByAPIPlansBySlug: Delete a plan that no project was ever on (administrators); archive any other
func (c *Client) DeleteAPIsByAPIPlansBySlug(ctx context.Context, api string, slug string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/apis/", api, "/plans/", slug, ""}}, options)
}

// GetAPIsByAPIPlansBySlugVersions: List the versions of a plan, newest first (administrators)
func (c *Client) GetAPIsByAPIPlansBySlugVersions(ctx context.Context, api string, slug string, query GetAPIsByAPIPlansBySlugVersionsQuery, options ...CallOption) (*GetAPIsByAPIPlansBySlugVersionsResponse, error) {
	return send[GetAPIsByAPIPlansBySlugVersionsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", api, "/plans/", slug, "/versions"}, query: query}, options)
}

// GetAPIsByAPIPlansBySlugSubscribers: List the projects on a plan (administrators)
func (c *Client) GetAPIsByAPIPlansBySlugSubscribers(ctx context.Context, api string, slug string, query GetAPIsByAPIPlansBySlugSubscribersQuery, options ...CallOption) (*GetAPIsByAPIPlansBySlugSubscribersResponse, error) {
	return send[GetAPIsByAPIPlansBySlugSubscribersResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/apis/", api, "/plans/", slug, "/subscribers"}, query: query}, options)
}

// GetProjectsByProjectIDSubscriptions: List the plans of a project
func (c *Client) GetProjectsByProjectIDSubscriptions(ctx context.Context, projectID string, query GetProjectsByProjectIDSubscriptionsQuery, options ...CallOption) (*GetProjectsByProjectIDSubscriptionsResponse, error) {
	return send[GetProjectsByProjectIDSubscriptionsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/subscriptions"}, query: query}, options)
}

// GetProjectsByProjectIDAPIsBySlugSubscription: Get the plan of a project for an API
func (c *Client) GetProjectsByProjectIDAPIsBySlugSubscription(ctx context.Context, projectID string, slug string, options ...CallOption) (*Subscription, error) {
	return send[Subscription](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/apis/", slug, "/subscription"}}, options)
}

// PutProjectsByProjectIDAPIsBySlugSubscription: Move a project to another plan of an API (owner), now or at the end of the month
// A plan that needs an approval is in `request` until an administrator decides. The current plan cancels a change that was scheduled or requested. A change that takes effect now gets 409 with the code CHANGE_SCHEDULED if a change to another plan is scheduled, unless `replaceScheduled` is true.
func (c *Client) PutProjectsByProjectIDAPIsBySlugSubscription(ctx context.Context, projectID string, slug string, body PutProjectsByProjectIDAPIsBySlugSubscriptionBody, options ...CallOption) (*Subscription, error) {
	return send[Subscription](ctx, c, call{method: "PUT", path: []string{"/api/v1/projects/", projectID, "/apis/", slug, "/subscription"}, body: body}, options)
}

// DeleteProjectsByProjectIDAPIsBySlugSubscriptionChange: Cancel a scheduled or requested change of plan (owner)
func (c *Client) DeleteProjectsByProjectIDAPIsBySlugSubscriptionChange(ctx context.Context, projectID string, slug string, options ...CallOption) (*Subscription, error) {
	return send[Subscription](ctx, c, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/apis/", slug, "/subscription/change"}}, options)
}

// PutAdminProjectsByProjectIDAPIsBySlugOverride: Override terms of a project's plan (administrators)
// Applies to later versions of the plan too, until it is removed or the project leaves the plan.
func (c *Client) PutAdminProjectsByProjectIDAPIsBySlugOverride(ctx context.Context, projectID string, slug string, body PutAdminProjectsByProjectIDAPIsBySlugOverrideBody, options ...CallOption) (*Subscription, error) {
	return send[Subscription](ctx, c, call{method: "PUT", path: []string{"/api/v1/admin/projects/", projectID, "/apis/", slug, "/override"}, body: body}, options)
}

// DeleteAdminProjectsByProjectIDAPIsBySlugOverride: Give a project the terms of its plan again (administrators)
func (c *Client) DeleteAdminProjectsByProjectIDAPIsBySlugOverride(ctx context.Context, projectID string, slug string, options ...CallOption) (*Subscription, error) {
	return send[Subscription](ctx, c, call{method: "DELETE", path: []string{"/api/v1/admin/projects/", projectID, "/apis/", slug, "/override"}}, options)
}

// GetProjectsByProjectIDKeys: List the keys of a project
// A response has at most 1 MiB: if keys have large restrictions, a page has fewer than `limit` keys, and `nextCursor` leads to the others.
func (c *Client) GetProjectsByProjectIDKeys(ctx context.Context, projectID string, query GetProjectsByProjectIDKeysQuery, options ...CallOption) (*GetProjectsByProjectIDKeysResponse, error) {
	return send[GetProjectsByProjectIDKeysResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys"}, query: query}, options)
}

// PostProjectsByProjectIDKeys: Create a key (developer). The secret is only in this response
func (c *Client) PostProjectsByProjectIDKeys(ctx context.Context, projectID string, body PostProjectsByProjectIDKeysBody, options ...CallOption) (*PostProjectsByProjectIDKeysResponse, error) {
	return send[PostProjectsByProjectIDKeysResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys"}, body: body}, options)
}

// PostProjectsByProjectIDKeysBulk: Revoke, disable or tag the keys that a filter matches (developer), up to 200 in one request
// All or none of them. `remaining` says how many are left: repeat the request, with a new `Idempotency-Key`, until it is 0.
func (c *Client) PostProjectsByProjectIDKeysBulk(ctx context.Context, projectID string, body PostProjectsByProjectIDKeysBulkBody, options ...CallOption) (*PostProjectsByProjectIDKeysBulkResponse, error) {
	return send[PostProjectsByProjectIDKeysBulkResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/bulk"}, body: body}, options)
}

// PostProjectsByProjectIDKeysImport: Import keys with the tokens they have already, or hashes of these (developer), up to 1,000 in one request
// A row that fails doesn't fail the others, and a row whose token was imported before changes nothing: after an error, send the same rows again. No response contains a token or a hash.
func (c *Client) PostProjectsByProjectIDKeysImport(ctx context.Context, projectID string, query PostProjectsByProjectIDKeysImportQuery, body PostProjectsByProjectIDKeysImportBody, options ...CallOption) (*ImportResult, error) {
	return send[ImportResult](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/import"}, query: query, body: body}, options)
}

// GetProjectsByProjectIDKeysImport: Get how many imported keys have been used since, and how many not
func (c *Client) GetProjectsByProjectIDKeysImport(ctx context.Context, projectID string, options ...CallOption) (*ImportStatus, error) {
	return send[ImportStatus](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys/import"}}, options)
}

// GetProjectsByProjectIDCustomers: List the external IDs of a project's keys, each with its keys added up
// Everything about one of them: `?externalId=` of the keys, the usage and the denied requests. To revoke all its keys, `POST …/keys/bulk` with `filter.externalId`.
func (c *Client) GetProjectsByProjectIDCustomers(ctx context.Context, projectID string, query GetProjectsByProjectIDCustomersQuery, options ...CallOption) (*GetProjectsByProjectIDCustomersResponse, error) {
	return send[GetProjectsByProjectIDCustomersResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/customers"}, query: query}, options)
}

// GetProjectsByProjectIDKeysByKeyID: Get a key
func (c *Client) GetProjectsByProjectIDKeysByKeyID(ctx context.Context, projectID string, keyID string, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, ""}}, options)
}

// PatchProjectsByProjectIDKeysByKeyID: Change a key (developer); `enabled` disables and enables it. Only an administrator can enable a key that an administrator or a policy disabled, with a token that also has admin:write: 403 for others
func (c *Client) PatchProjectsByProjectIDKeysByKeyID(ctx context.Context, projectID string, keyID string, body PatchProjectsByProjectIDKeysByKeyIDBody, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "PATCH", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, ""}, body: body}, options)
}

// DeleteProjectsByProjectIDKeysByKeyID: Revoke a key (developer). It is denied within a second and can be restored for 30 days
func (c *Client) DeleteProjectsByProjectIDKeysByKeyID(ctx context.Context, projectID string, keyID string, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, ""}}, options)
}

// PostProjectsByProjectIDKeysByKeyIDRestore: Restore a revoked key (developer) within 30 days; the policy for leaked keys can leave it disabled. Only an administrator can restore a key that an administrator or a policy revoked, with a token that also has admin:write: 403 for others
func (c *Client) PostProjectsByProjectIDKeysByKeyIDRestore(ctx context.Context, projectID string, keyID string, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/restore"}}, options)
}

// PostProjectsByProjectIDKeysByKeyIDApprove: Approve a key that waits for it (owner). It works from then on
// A rule for keys can require that an owner of the project approves each live key that a developer creates. Until then, the key is disabled and has `approval.status` `pending`.
func (c *Client) PostProjectsByProjectIDKeysByKeyIDApprove(ctx context.Context, projectID string, keyID string, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/approve"}}, options)
}

// PostProjectsByProjectIDKeysByKeyIDRefuse: Decline a key that waits for an approval (owner). It is revoked; restoring it asks again
func (c *Client) PostProjectsByProjectIDKeysByKeyIDRefuse(ctx context.Context, projectID string, keyID string, body PostProjectsByProjectIDKeysByKeyIDRefuseBody, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/refuse"}, body: body}, options)
}

// PostProjectsByProjectIDKeysByKeyIDRotate: Rotate the secret of a key (developer); the previous secret works until the overlap ends. During an overlap: 409 with the code OVERLAP_RUNNING, unless `endOlder` is true
func (c *Client) PostProjectsByProjectIDKeysByKeyIDRotate(ctx context.Context, projectID string, keyID string, body PostProjectsByProjectIDKeysByKeyIDRotateBody, options ...CallOption) (*PostProjectsByProjectIDKeysByKeyIDRotateResponse, error) {
	return send[PostProjectsByProjectIDKeysByKeyIDRotateResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/rotate"}, body: body}, options)
}

// DeleteProjectsByProjectIDKeysByKeyIDSecretsBySecretID: End an older secret's overlap now (developer)
func (c *Client) DeleteProjectsByProjectIDKeysByKeyIDSecretsBySecretID(ctx context.Context, projectID string, keyID string, secretID string, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/secrets/", secretID, ""}}, options)
}

// PatchProjectsByProjectIDKeysByKeyIDSecretsBySecretID: Change when an older secret's overlap ends (developer), at most 30 days after its rotation
func (c *Client) PatchProjectsByProjectIDKeysByKeyIDSecretsBySecretID(ctx context.Context, projectID string, keyID string, secretID string, body PatchProjectsByProjectIDKeysByKeyIDSecretsBySecretIDBody, options ...CallOption) (*Key, error) {
	return send[Key](ctx, c, call{method: "PATCH", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/secrets/", secretID, ""}, body: body}, options)
}

// GetProjectsByProjectIDKeysByKeyIDRules: Get the key rules that a key breaks, what happens because of it, and its exemption
func (c *Client) GetProjectsByProjectIDKeysByKeyIDRules(ctx context.Context, projectID string, keyID string, options ...CallOption) (*KeyRuleState, error) {
	return send[KeyRuleState](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/rules"}}, options)
}

// GetProjectsByProjectIDKeysByKeyIDRotation: During an overlap, get the traffic of both secrets and the clients that still use the old one
func (c *Client) GetProjectsByProjectIDKeysByKeyIDRotation(ctx context.Context, projectID string, keyID string, options ...CallOption) (*Rotation, error) {
	return send[Rotation](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/rotation"}}, options)
}

// PostLeaks: Report keys that a scanner found; their owners are notified
// `token` may be a token or text that contains tokens, such as a line `KEY=…`; the first 100 tokens in it count.
func (c *Client) PostLeaks(ctx context.Context, body PostLeaksBody, options ...CallOption) (*PostLeaksResponse, error) {
	return send[PostLeaksResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/leaks"}, body: body}, options)
}

// GetProjectsByProjectIDKeysByKeyIDLeaks: List the places where secrets of a key were found
func (c *Client) GetProjectsByProjectIDKeysByKeyIDLeaks(ctx context.Context, projectID string, keyID string, options ...CallOption) (*GetProjectsByProjectIDKeysByKeyIDLeaksResponse, error) {
	return send[GetProjectsByProjectIDKeysByKeyIDLeaksResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/leaks"}}, options)
}

// PostProjectsByProjectIDKeysByKeyIDSimulate: Simulate a request with a key's restrictions or a draft, with the outcome of each rule; nothing is counted
// Limits are read as for a verification, but nothing is consumed; 503 if they can't be read.
func (c *Client) PostProjectsByProjectIDKeysByKeyIDSimulate(ctx context.Context, projectID string, keyID string, body PostProjectsByProjectIDKeysByKeyIDSimulateBody, options ...CallOption) (*Simulated, error) {
	return send[Simulated](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/simulate"}, body: body}, options)
}

// PostProjectsByProjectIDRestrictionsExplain: Explain each entry of a draft, or how to correct it; nothing is saved
func (c *Client) PostProjectsByProjectIDRestrictionsExplain(ctx context.Context, projectID string, body PostProjectsByProjectIDRestrictionsExplainBody, options ...CallOption) (*ExplainedEntries, error) {
	return send[ExplainedEntries](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/restrictions/explain"}, body: body}, options)
}

// PostProjectsByProjectIDKeysByKeyIDDryRun: Preview a draft's impact on recent traffic
// Exact for APIs and for operations that the API's entry lists: for a request without a listed operation, it is unknown whether a list of operations allows it. For IP addresses, websites and apps, the result is based on the values stored for each day. Whole days in UTC, including today.
func (c *Client) PostProjectsByProjectIDKeysByKeyIDDryRun(ctx context.Context, projectID string, keyID string, body PostProjectsByProjectIDKeysByKeyIDDryRunBody, options ...CallOption) (*DryRun, error) {
	return send[DryRun](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/dry-run"}, body: body}, options)
}

// GetProjectsByProjectIDKeysByKeyIDSuggestions: Suggest restrictions that allow all requests of the last 30 days
// The suggestion never allows what the key's restrictions deny, and can be saved unchanged. Requests that they deny now are ignored and counted as `refusedAlready`.
func (c *Client) GetProjectsByProjectIDKeysByKeyIDSuggestions(ctx context.Context, projectID string, keyID string, query GetProjectsByProjectIDKeysByKeyIDSuggestionsQuery, options ...CallOption) (*RestrictionSuggestion, error) {
	return send[RestrictionSuggestion](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/suggestions"}, query: query}, options)
}

// GetProjectsByProjectIDKeysByKeyIDTrial: Count what the report-only restrictions would have denied
func (c *Client) GetProjectsByProjectIDKeysByKeyIDTrial(ctx context.Context, projectID string, keyID string, options ...CallOption) (*TrialResult, error) {
	return send[TrialResult](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/keys/", keyID, "/trial"}}, options)
}

// GetProjectsByProjectIDDenials: List the latest denied requests and their total
// Times are rounded to minutes within the last 2 days, to hours within the last 100, and otherwise to days in UTC: `from` and `to` of the response have the rounded times. With `trial`, what the current report-only restrictions would have denied, in whole hours.
func (c *Client) GetProjectsByProjectIDDenials(ctx context.Context, projectID string, query GetProjectsByProjectIDDenialsQuery, options ...CallOption) (*GetProjectsByProjectIDDenialsResponse, error) {
	return send[GetProjectsByProjectIDDenialsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/denials"}, query: query}, options)
}

// GetProjectsByProjectIDUsage: Get usage over time; as CSV with `Accept: text/csv`
func (c *Client) GetProjectsByProjectIDUsage(ctx context.Context, projectID string, query GetProjectsByProjectIDUsageQuery, options ...CallOption) (*Usage, error) {
	return send[Usage](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/usage"}, query: query}, options)
}

// GetProjectsByProjectIDRequests: List the newest requests, allowed and denied
// The newest 1,000 requests of the project and up to 100 of each key, for 30 days. A verifier lists at most 20 requests of a key in a second, 50 of a project and 250 in all; usage counts every one. Requests that a service verified in its own process are counted, but not listed.
func (c *Client) GetProjectsByProjectIDRequests(ctx context.Context, projectID string, query GetProjectsByProjectIDRequestsQuery, options ...CallOption) (*GetProjectsByProjectIDRequestsResponse, error) {
	return send[GetProjectsByProjectIDRequestsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/requests"}, query: query}, options)
}

// GetProjectsByProjectIDStatementsByMonth: Get the statement of a month by API, plan and operation; as CSV with `Accept: text/csv`
// Administrators can also read the statements of a deleted project.
func (c *Client) GetProjectsByProjectIDStatementsByMonth(ctx context.Context, projectID string, month string, options ...CallOption) (*Statement, error) {
	return send[Statement](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/statements/", month, ""}}, options)
}

// GetProjectsByProjectIDLimits: Get the use of a project's limits and how long its quotas will last; with `keyId`, a key's limits too
func (c *Client) GetProjectsByProjectIDLimits(ctx context.Context, projectID string, query GetProjectsByProjectIDLimitsQuery, options ...CallOption) (*LimitMeters, error) {
	return send[LimitMeters](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/limits"}, query: query}, options)
}

// GetAdminApprovals: List pending access requests, oldest first
func (c *Client) GetAdminApprovals(ctx context.Context, query GetAdminApprovalsQuery, options ...CallOption) (*GetAdminApprovalsResponse, error) {
	return send[GetAdminApprovalsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/approvals"}, query: query}, options)
}

// PutAdminProjectsByProjectIDAPIsBySlug: Approve or decline a project's access to an API
func (c *Client) PutAdminProjectsByProjectIDAPIsBySlug(ctx context.Context, projectID string, slug string, body PutAdminProjectsByProjectIDAPIsBySlugBody, options ...CallOption) (*PutAdminProjectsByProjectIDAPIsBySlugResponse, error) {
	return send[PutAdminProjectsByProjectIDAPIsBySlugResponse](ctx, c, call{method: "PUT", path: []string{"/api/v1/admin/projects/", projectID, "/apis/", slug, ""}, body: body}, options)
}

// GetAdminManagementTokens: List the management tokens of all users and projects that are not revoked; `expires=never` for those without expiry
func (c *Client) GetAdminManagementTokens(ctx context.Context, query GetAdminManagementTokensQuery, options ...CallOption) (*GetAdminManagementTokensResponse, error) {
	return send[GetAdminManagementTokensResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/management-tokens"}, query: query}, options)
}

// GetAdminServiceTokens: List service tokens
func (c *Client) GetAdminServiceTokens(ctx context.Context, query GetAdminServiceTokensQuery, options ...CallOption) (*GetAdminServiceTokensResponse, error) {
	return send[GetAdminServiceTokensResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/service-tokens"}, query: query}, options)
}

// PostAdminServiceTokens: Create a service token for one API or for all
func (c *Client) PostAdminServiceTokens(ctx context.Context, body PostAdminServiceTokensBody, options ...CallOption) (*PostAdminServiceTokensResponse, error) {
	return send[PostAdminServiceTokensResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/service-tokens"}, body: body}, options)
}

// PatchAdminServiceTokensByServiceTokenID: Allow or forbid a service token local verification
func (c *Client) PatchAdminServiceTokensByServiceTokenID(ctx context.Context, serviceTokenID string, body PatchAdminServiceTokensByServiceTokenIDBody, options ...CallOption) (*ServiceToken, error) {
	return send[ServiceToken](ctx, c, call{method: "PATCH", path: []string{"/api/v1/admin/service-tokens/", serviceTokenID, ""}, body: body}, options)
}

// DeleteAdminServiceTokensByServiceTokenID: Revoke a service token
func (c *Client) DeleteAdminServiceTokensByServiceTokenID(ctx context.Context, serviceTokenID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/admin/service-tokens/", serviceTokenID, ""}}, options)
}

// PostAdminServiceTokensByServiceTokenIDRotate: Rotate a service token; its old secret works until the overlap ends. During an overlap: 409 with the code OVERLAP_RUNNING, unless `endOlder` is true
func (c *Client) PostAdminServiceTokensByServiceTokenIDRotate(ctx context.Context, serviceTokenID string, body PostAdminServiceTokensByServiceTokenIDRotateBody, options ...CallOption) (*PostAdminServiceTokensByServiceTokenIDRotateResponse, error) {
	return send[PostAdminServiceTokensByServiceTokenIDRotateResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/service-tokens/", serviceTokenID, "/rotate"}, body: body}, options)
}

// DeleteAdminServiceTokensByServiceTokenIDOlder: End the old secret of a rotated service token now
func (c *Client) DeleteAdminServiceTokensByServiceTokenIDOlder(ctx context.Context, serviceTokenID string, options ...CallOption) (*ServiceToken, error) {
	return send[ServiceToken](ctx, c, call{method: "DELETE", path: []string{"/api/v1/admin/service-tokens/", serviceTokenID, "/older"}}, options)
}

// GetAdminUsers: List users
func (c *Client) GetAdminUsers(ctx context.Context, query GetAdminUsersQuery, options ...CallOption) (*GetAdminUsersResponse, error) {
	return send[GetAdminUsersResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/users"}, query: query}, options)
}

// PutAdminUsersByUserIDRole: Change a user's site role
// No management token may do this (403): sign in to the portal.
func (c *Client) PutAdminUsersByUserIDRole(ctx context.Context, userID string, body PutAdminUsersByUserIDRoleBody, options ...CallOption) (*User, error) {
	return send[User](ctx, c, call{method: "PUT", path: []string{"/api/v1/admin/users/", userID, "/role"}, body: body}, options)
}

// PostAdminUsersByUserIDDisable: Disable a user: their sessions and management tokens end immediately
// No management token may do this (403): sign in to the portal.
func (c *Client) PostAdminUsersByUserIDDisable(ctx context.Context, userID string, options ...CallOption) (*User, error) {
	return send[User](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/users/", userID, "/disable"}}, options)
}

// PostAdminUsersByUserIDEnable: Enable a disabled user
// No management token may do this (403): sign in to the portal.
func (c *Client) PostAdminUsersByUserIDEnable(ctx context.Context, userID string, options ...CallOption) (*User, error) {
	return send[User](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/users/", userID, "/enable"}}, options)
}

// GetAdminKeys: List all keys of the site
// `unusedForDays=N`: created at least N days ago and without a valid request in the last N days. `secretOlderThanDays=N` and `secretNewerThanDays=N` filter by the age of the current secret. `leaked=true`: active keys with a leaked secret that still works. A response has at most 1 MiB: if keys have large restrictions, a page has fewer than `limit` keys, and `nextCursor` leads to the others.
func (c *Client) GetAdminKeys(ctx context.Context, query GetAdminKeysQuery, options ...CallOption) (*GetAdminKeysResponse, error) {
	return send[GetAdminKeysResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/keys"}, query: query}, options)
}

// PostAdminKeysRevoke: Revoke up to 500 keys at once
func (c *Client) PostAdminKeysRevoke(ctx context.Context, body PostAdminKeysRevokeBody, options ...CallOption) (*PostAdminKeysRevokeResponse, error) {
	return send[PostAdminKeysRevokeResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/keys/revoke"}, body: body}, options)
}

// PutAdminKeysByKeyIDExemption: Exempt a key from the policy for unused keys, for at most a year
func (c *Client) PutAdminKeysByKeyIDExemption(ctx context.Context, keyID string, body PutAdminKeysByKeyIDExemptionBody, options ...CallOption) (*Exemption, error) {
	return send[Exemption](ctx, c, call{method: "PUT", path: []string{"/api/v1/admin/keys/", keyID, "/exemption"}, body: body}, options)
}

// DeleteAdminKeysByKeyIDExemption: End a key's exemption
func (c *Client) DeleteAdminKeysByKeyIDExemption(ctx context.Context, keyID string, options ...CallOption) (*DeleteAdminKeysByKeyIDExemptionResponse, error) {
	return send[DeleteAdminKeysByKeyIDExemptionResponse](ctx, c, call{method: "DELETE", path: []string{"/api/v1/admin/keys/", keyID, "/exemption"}}, options)
}

// PutAdminKeysByKeyIDRuleExemption: Exempt a key from the key rules, for at most a year
func (c *Client) PutAdminKeysByKeyIDRuleExemption(ctx context.Context, keyID string, body PutAdminKeysByKeyIDRuleExemptionBody, options ...CallOption) (*RuleExemption, error) {
	return send[RuleExemption](ctx, c, call{method: "PUT", path: []string{"/api/v1/admin/keys/", keyID, "/rule-exemption"}, body: body}, options)
}

// DeleteAdminKeysByKeyIDRuleExemption: End a key's exemption from the key rules
// If its maximum lifetime is over, it works for another week.
func (c *Client) DeleteAdminKeysByKeyIDRuleExemption(ctx context.Context, keyID string, options ...CallOption) (*DeleteAdminKeysByKeyIDRuleExemptionResponse, error) {
	return send[DeleteAdminKeysByKeyIDRuleExemptionResponse](ctx, c, call{method: "DELETE", path: []string{"/api/v1/admin/keys/", keyID, "/rule-exemption"}}, options)
}

// GetAdminExemptions: List the keys that are exempt from a policy, first ending first
func (c *Client) GetAdminExemptions(ctx context.Context, query GetAdminExemptionsQuery, options ...CallOption) (*GetAdminExemptionsResponse, error) {
	return send[GetAdminExemptionsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/exemptions"}, query: query}, options)
}

// PostAdminPoliciesKeyRulesDryRun: Preview what the key rules, or a draft of them, do to existing keys
// Looks at 100,000 keys at most; `complete` says whether that was all of them.
func (c *Client) PostAdminPoliciesKeyRulesDryRun(ctx context.Context, body PostAdminPoliciesKeyRulesDryRunBody, options ...CallOption) (*KeyRulesDryRun, error) {
	return send[KeyRulesDryRun](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/policies/key-rules/dry-run"}, body: body}, options)
}

// PostAdminPoliciesDryRun: Preview the policy for unused keys, or a draft of it
func (c *Client) PostAdminPoliciesDryRun(ctx context.Context, body PostAdminPoliciesDryRunBody, options ...CallOption) (*UnusedDryRun, error) {
	return send[UnusedDryRun](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/policies/dry-run"}, body: body}, options)
}

// PostAdminProjectsByProjectIDSuspend: Suspend a project: its keys are denied with PROJECT_SUSPENDED within a second
func (c *Client) PostAdminProjectsByProjectIDSuspend(ctx context.Context, projectID string, body PostAdminProjectsByProjectIDSuspendBody, options ...CallOption) (*Project, error) {
	return send[Project](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/projects/", projectID, "/suspend"}, body: body}, options)
}

// PostAdminProjectsByProjectIDResume: Resume a suspended project
func (c *Client) PostAdminProjectsByProjectIDResume(ctx context.Context, projectID string, body PostAdminProjectsByProjectIDResumeBody, options ...CallOption) (*Project, error) {
	return send[Project](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/projects/", projectID, "/resume"}, body: body}, options)
}

// PutAdminProjectsByProjectIDCeiling: Set a project's ceiling, which its owners can't exceed
func (c *Client) PutAdminProjectsByProjectIDCeiling(ctx context.Context, projectID string, body PutAdminProjectsByProjectIDCeilingBody, options ...CallOption) (*Project, error) {
	return send[Project](ctx, c, call{method: "PUT", path: []string{"/api/v1/admin/projects/", projectID, "/ceiling"}, body: body}, options)
}

// GetAdminDeletedProjects: List the deleted projects of the site, whose statements can still be read
func (c *Client) GetAdminDeletedProjects(ctx context.Context, query GetAdminDeletedProjectsQuery, options ...CallOption) (*GetAdminDeletedProjectsResponse, error) {
	return send[GetAdminDeletedProjectsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/deleted-projects"}, query: query}, options)
}

// GetAdminVerifiers: List the running verifiers and how far each is behind
func (c *Client) GetAdminVerifiers(ctx context.Context, query GetAdminVerifiersQuery, options ...CallOption) (*GetAdminVerifiersResponse, error) {
	return send[GetAdminVerifiersResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/verifiers"}, query: query}, options)
}

// GetAdminPolicies: Get the site's policies (everyone can read them)
func (c *Client) GetAdminPolicies(ctx context.Context, options ...CallOption) (*Policies, error) {
	return send[Policies](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/policies"}}, options)
}

// PatchAdminPolicies: Change the site's policies; existing keys stay as they are
// A management token can make policies stricter, but not looser: that needs the portal.
func (c *Client) PatchAdminPolicies(ctx context.Context, body PatchAdminPoliciesBody, options ...CallOption) (*Policies, error) {
	return send[Policies](ctx, c, call{method: "PATCH", path: []string{"/api/v1/admin/policies"}, body: body}, options)
}

// GetAdminBillingExports: List the billing exports with their lag and last errors (admin)
func (c *Client) GetAdminBillingExports(ctx context.Context, query GetAdminBillingExportsQuery, options ...CallOption) (*GetAdminBillingExportsResponse, error) {
	return send[GetAdminBillingExportsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/billing-exports"}, query: query}, options)
}

// PostAdminBillingExports: Create a billing export: CloudEvents, Stripe meter events or Lago (admin)
func (c *Client) PostAdminBillingExports(ctx context.Context, body PostAdminBillingExportsBody, options ...CallOption) (*BillingExport, error) {
	return send[BillingExport](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/billing-exports"}, body: body}, options)
}

// GetAdminBillingExportsByExportID: Get a billing export (admin)
func (c *Client) GetAdminBillingExportsByExportID(ctx context.Context, exportID string, options ...CallOption) (*BillingExport, error) {
	return send[BillingExport](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/billing-exports/", exportID, ""}}, options)
}

// PatchAdminBillingExportsByExportID: Change a billing export (admin); `enabled` pauses and continues it
func (c *Client) PatchAdminBillingExportsByExportID(ctx context.Context, exportID string, body PatchAdminBillingExportsByExportIDBody, options ...CallOption) (*BillingExport, error) {
	return send[BillingExport](ctx, c, call{method: "PATCH", path: []string{"/api/v1/admin/billing-exports/", exportID, ""}, body: body}, options)
}

// DeleteAdminBillingExportsByExportID: Delete a billing export (admin)
func (c *Client) DeleteAdminBillingExportsByExportID(ctx context.Context, exportID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/admin/billing-exports/", exportID, ""}}, options)
}

// PostAdminBillingExportsByExportIDTest: Send a test event that bills nothing (admin); the result is in `lastTest`
func (c *Client) PostAdminBillingExportsByExportIDTest(ctx context.Context, exportID string, options ...CallOption) (*BillingExport, error) {
	return send[BillingExport](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/billing-exports/", exportID, "/test"}}, options)
}

// PostAdminBillingExportsByExportIDReplay: Send usage from an hour on again, with the same ids (admin)
func (c *Client) PostAdminBillingExportsByExportIDReplay(ctx context.Context, exportID string, body PostAdminBillingExportsByExportIDReplayBody, options ...CallOption) (*BillingExport, error) {
	return send[BillingExport](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/billing-exports/", exportID, "/replay"}, body: body}, options)
}

// GetAdminBillingExportsByExportIDHeld: List the events that are held, and why (admin)
func (c *Client) GetAdminBillingExportsByExportIDHeld(ctx context.Context, exportID string, query GetAdminBillingExportsByExportIDHeldQuery, options ...CallOption) (*GetAdminBillingExportsByExportIDHeldResponse, error) {
	return send[GetAdminBillingExportsByExportIDHeldResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/billing-exports/", exportID, "/held"}, query: query}, options)
}

// PostAdminBillingExportsByExportIDHeldResend: Send all held events again (admin)
func (c *Client) PostAdminBillingExportsByExportIDHeldResend(ctx context.Context, exportID string, options ...CallOption) (*PostAdminBillingExportsByExportIDHeldResendResponse, error) {
	return send[PostAdminBillingExportsByExportIDHeldResendResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/billing-exports/", exportID, "/held/resend"}}, options)
}

// GetAdminBillingExportsByExportIDReconciliation: Compare exported and acknowledged usage with the usage, per day or hour (admin)
func (c *Client) GetAdminBillingExportsByExportIDReconciliation(ctx context.Context, exportID string, query GetAdminBillingExportsByExportIDReconciliationQuery, options ...CallOption) (*BillingReconciliation, error) {
	return send[BillingReconciliation](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/billing-exports/", exportID, "/reconciliation"}, query: query}, options)
}

// GetAdminBillingExportsByExportIDCustomers: List the projects and who is billed for them (admin)
func (c *Client) GetAdminBillingExportsByExportIDCustomers(ctx context.Context, exportID string, query GetAdminBillingExportsByExportIDCustomersQuery, options ...CallOption) (*GetAdminBillingExportsByExportIDCustomersResponse, error) {
	return send[GetAdminBillingExportsByExportIDCustomersResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/billing-exports/", exportID, "/customers"}, query: query}, options)
}

// PutAdminBillingExportsByExportIDCustomersByProjectID: Set who is billed for a project, or with null that nobody is (admin)
func (c *Client) PutAdminBillingExportsByExportIDCustomersByProjectID(ctx context.Context, exportID string, projectID string, body PutAdminBillingExportsByExportIDCustomersByProjectIDBody, options ...CallOption) (*BillingCustomer, error) {
	return send[BillingCustomer](ctx, c, call{method: "PUT", path: []string{"/api/v1/admin/billing-exports/", exportID, "/customers/", projectID, ""}, body: body}, options)
}

// DeleteAdminBillingExportsByExportIDCustomersByProjectID: Remove the customer of a project (admin)
func (c *Client) DeleteAdminBillingExportsByExportIDCustomersByProjectID(ctx context.Context, exportID string, projectID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/admin/billing-exports/", exportID, "/customers/", projectID, ""}}, options)
}

// GetProjectsByProjectIDAudit: List the audit log of a project, newest first (owner)
func (c *Client) GetProjectsByProjectIDAudit(ctx context.Context, projectID string, query GetProjectsByProjectIDAuditQuery, options ...CallOption) (*GetProjectsByProjectIDAuditResponse, error) {
	return send[GetProjectsByProjectIDAuditResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/audit"}, query: query}, options)
}

// GetAudit: List the audit log of the site, newest first
func (c *Client) GetAudit(ctx context.Context, query GetAuditQuery, options ...CallOption) (*GetAuditResponse, error) {
	return send[GetAuditResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/audit"}, query: query}, options)
}

// GetProjectsByProjectIDAuditExport: Export the audit log of a project (owner)
// All matching entries, oldest first, one per line, with position and hash. An interrupted response is incomplete.
func (c *Client) GetProjectsByProjectIDAuditExport(ctx context.Context, projectID string, query GetProjectsByProjectIDAuditExportQuery, options ...CallOption) (io.ReadCloser, error) {
	return c.stream(ctx, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/audit/export"}, query: query}, options)
}

// GetAuditExport: Export the audit log of the site
// All matching entries, oldest first, one per line, with position and hash. An interrupted response is incomplete.
func (c *Client) GetAuditExport(ctx context.Context, query GetAuditExportQuery, options ...CallOption) (io.ReadCloser, error) {
	return c.stream(ctx, call{method: "GET", path: []string{"/api/v1/audit/export"}, query: query}, options)
}

// GetProjectsByProjectIDWebhooks: List the webhooks of a project (owner)
func (c *Client) GetProjectsByProjectIDWebhooks(ctx context.Context, projectID string, query GetProjectsByProjectIDWebhooksQuery, options ...CallOption) (*GetProjectsByProjectIDWebhooksResponse, error) {
	return send[GetProjectsByProjectIDWebhooksResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/webhooks"}, query: query}, options)
}

// PostProjectsByProjectIDWebhooks: Create a webhook (owner). The signing secret is only in this response
func (c *Client) PostProjectsByProjectIDWebhooks(ctx context.Context, projectID string, body PostProjectsByProjectIDWebhooksBody, options ...CallOption) (*PostProjectsByProjectIDWebhooksResponse, error) {
	return send[PostProjectsByProjectIDWebhooksResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/webhooks"}, body: body}, options)
}

// GetProjectsByProjectIDWebhooksByWebhookID: Get a webhook (owner)
func (c *Client) GetProjectsByProjectIDWebhooksByWebhookID(ctx context.Context, projectID string, webhookID string, options ...CallOption) (*Webhook, error) {
	return send[Webhook](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/webhooks/", webhookID, ""}}, options)
}

// PatchProjectsByProjectIDWebhooksByWebhookID: Change a webhook (owner); `enabled` disables and enables it
func (c *Client) PatchProjectsByProjectIDWebhooksByWebhookID(ctx context.Context, projectID string, webhookID string, body PatchProjectsByProjectIDWebhooksByWebhookIDBody, options ...CallOption) (*Webhook, error) {
	return send[Webhook](ctx, c, call{method: "PATCH", path: []string{"/api/v1/projects/", projectID, "/webhooks/", webhookID, ""}, body: body}, options)
}

// DeleteProjectsByProjectIDWebhooksByWebhookID: Delete a webhook (owner)
func (c *Client) DeleteProjectsByProjectIDWebhooksByWebhookID(ctx context.Context, projectID string, webhookID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/webhooks/", webhookID, ""}}, options)
}

// PostProjectsByProjectIDWebhooksByWebhookIDRotateSecret: Rotate the signing secret of a webhook (owner); the previous one also signs for a day
func (c *Client) PostProjectsByProjectIDWebhooksByWebhookIDRotateSecret(ctx context.Context, projectID string, webhookID string, options ...CallOption) (*PostProjectsByProjectIDWebhooksByWebhookIDRotateSecretResponse, error) {
	return send[PostProjectsByProjectIDWebhooksByWebhookIDRotateSecretResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/webhooks/", webhookID, "/rotate-secret"}}, options)
}

// PostProjectsByProjectIDWebhooksByWebhookIDTest: Send a test event to a webhook (owner)
func (c *Client) PostProjectsByProjectIDWebhooksByWebhookIDTest(ctx context.Context, projectID string, webhookID string, options ...CallOption) (*PostProjectsByProjectIDWebhooksByWebhookIDTestResponse, error) {
	return send[PostProjectsByProjectIDWebhooksByWebhookIDTestResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/webhooks/", webhookID, "/test"}}, options)
}

// GetProjectsByProjectIDWebhooksByWebhookIDDeliveries: List the deliveries of a webhook and their results (owner)
func (c *Client) GetProjectsByProjectIDWebhooksByWebhookIDDeliveries(ctx context.Context, projectID string, webhookID string, query GetProjectsByProjectIDWebhooksByWebhookIDDeliveriesQuery, options ...CallOption) (*GetProjectsByProjectIDWebhooksByWebhookIDDeliveriesResponse, error) {
	return send[GetProjectsByProjectIDWebhooksByWebhookIDDeliveriesResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/webhooks/", webhookID, "/deliveries"}, query: query}, options)
}

// PostProjectsByProjectIDWebhooksByWebhookIDDeliveriesByDeliveryIDReplay: Deliver an event again, with the same id (owner)
func (c *Client) PostProjectsByProjectIDWebhooksByWebhookIDDeliveriesByDeliveryIDReplay(ctx context.Context, projectID string, webhookID string, deliveryID string, options ...CallOption) (*PostProjectsByProjectIDWebhooksByWebhookIDDeliveriesByDeliveryIDReplayResponse, error) {
	return send[PostProjectsByProjectIDWebhooksByWebhookIDDeliveriesByDeliveryIDReplayResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/webhooks/", webhookID, "/deliveries/", deliveryID, "/replay"}}, options)
}

// GetAdminWebhooks: List the webhooks of the site (administrators)
func (c *Client) GetAdminWebhooks(ctx context.Context, query GetAdminWebhooksQuery, options ...CallOption) (*GetAdminWebhooksResponse, error) {
	return send[GetAdminWebhooksResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/webhooks"}, query: query}, options)
}

// PostAdminWebhooks: Create a webhook for the events of all projects (administrators). The signing secret is only in this response
func (c *Client) PostAdminWebhooks(ctx context.Context, body PostAdminWebhooksBody, options ...CallOption) (*PostAdminWebhooksResponse, error) {
	return send[PostAdminWebhooksResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/webhooks"}, body: body}, options)
}

// GetAdminWebhooksByWebhookID: Get a webhook of the site (administrators)
func (c *Client) GetAdminWebhooksByWebhookID(ctx context.Context, webhookID string, options ...CallOption) (*Webhook, error) {
	return send[Webhook](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/webhooks/", webhookID, ""}}, options)
}

// PatchAdminWebhooksByWebhookID: Change a webhook of the site (administrators); `enabled` disables and enables it
func (c *Client) PatchAdminWebhooksByWebhookID(ctx context.Context, webhookID string, body PatchAdminWebhooksByWebhookIDBody, options ...CallOption) (*Webhook, error) {
	return send[Webhook](ctx, c, call{method: "PATCH", path: []string{"/api/v1/admin/webhooks/", webhookID, ""}, body: body}, options)
}

// DeleteAdminWebhooksByWebhookID: Delete a webhook of the site (administrators)
func (c *Client) DeleteAdminWebhooksByWebhookID(ctx context.Context, webhookID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/admin/webhooks/", webhookID, ""}}, options)
}

// PostAdminWebhooksByWebhookIDRotateSecret: Rotate the signing secret of a webhook of the site (administrators); the previous one also signs for a day
func (c *Client) PostAdminWebhooksByWebhookIDRotateSecret(ctx context.Context, webhookID string, options ...CallOption) (*PostAdminWebhooksByWebhookIDRotateSecretResponse, error) {
	return send[PostAdminWebhooksByWebhookIDRotateSecretResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/webhooks/", webhookID, "/rotate-secret"}}, options)
}

// PostAdminWebhooksByWebhookIDTest: Send a test event to a webhook of the site (administrators)
// The event names the site's oldest project.
func (c *Client) PostAdminWebhooksByWebhookIDTest(ctx context.Context, webhookID string, options ...CallOption) (*PostAdminWebhooksByWebhookIDTestResponse, error) {
	return send[PostAdminWebhooksByWebhookIDTestResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/webhooks/", webhookID, "/test"}}, options)
}

// GetAdminWebhooksByWebhookIDDeliveries: List the deliveries of a webhook of the site and their results (administrators)
func (c *Client) GetAdminWebhooksByWebhookIDDeliveries(ctx context.Context, webhookID string, query GetAdminWebhooksByWebhookIDDeliveriesQuery, options ...CallOption) (*GetAdminWebhooksByWebhookIDDeliveriesResponse, error) {
	return send[GetAdminWebhooksByWebhookIDDeliveriesResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/admin/webhooks/", webhookID, "/deliveries"}, query: query}, options)
}

// PostAdminWebhooksByWebhookIDDeliveriesByDeliveryIDReplay: Deliver an event to a webhook of the site again, with the same id (administrators)
func (c *Client) PostAdminWebhooksByWebhookIDDeliveriesByDeliveryIDReplay(ctx context.Context, webhookID string, deliveryID string, options ...CallOption) (*PostAdminWebhooksByWebhookIDDeliveriesByDeliveryIDReplayResponse, error) {
	return send[PostAdminWebhooksByWebhookIDDeliveriesByDeliveryIDReplayResponse](ctx, c, call{method: "POST", path: []string{"/api/v1/admin/webhooks/", webhookID, "/deliveries/", deliveryID, "/replay"}}, options)
}

// GetProjectsByProjectIDAlerts: List the alerts of a project
func (c *Client) GetProjectsByProjectIDAlerts(ctx context.Context, projectID string, query GetProjectsByProjectIDAlertsQuery, options ...CallOption) (*GetProjectsByProjectIDAlertsResponse, error) {
	return send[GetProjectsByProjectIDAlertsResponse](ctx, c, call{method: "GET", path: []string{"/api/v1/projects/", projectID, "/alerts"}, query: query}, options)
}

// PostProjectsByProjectIDAlerts: Create an alert (owner)
func (c *Client) PostProjectsByProjectIDAlerts(ctx context.Context, projectID string, body PostProjectsByProjectIDAlertsBody, options ...CallOption) (*Alert, error) {
	return send[Alert](ctx, c, call{method: "POST", path: []string{"/api/v1/projects/", projectID, "/alerts"}, body: body}, options)
}

// PatchProjectsByProjectIDAlertsByAlertID: Change an alert (owner); `enabled` disables and enables it
func (c *Client) PatchProjectsByProjectIDAlertsByAlertID(ctx context.Context, projectID string, alertID string, body PatchProjectsByProjectIDAlertsByAlertIDBody, options ...CallOption) (*Alert, error) {
	return send[Alert](ctx, c, call{method: "PATCH", path: []string{"/api/v1/projects/", projectID, "/alerts/", alertID, ""}, body: body}, options)
}

// DeleteProjectsByProjectIDAlertsByAlertID: Delete an alert (owner)
func (c *Client) DeleteProjectsByProjectIDAlertsByAlertID(ctx context.Context, projectID string, alertID string, options ...CallOption) error {
	return c.discard(ctx, call{method: "DELETE", path: []string{"/api/v1/projects/", projectID, "/alerts/", alertID, ""}}, options)
}
