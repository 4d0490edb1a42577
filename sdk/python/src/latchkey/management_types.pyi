"""Types of the management API: for `if TYPE_CHECKING`, because this module exists for type checkers only.

Generated from the portal's OpenAPI document by scripts/generate.py. Do not edit.
"""

from collections.abc import Awaitable, Mapping
from typing import Any, Literal, Protocol, TypeAlias, overload

from typing_extensions import NotRequired, TypedDict

Params: TypeAlias = Mapping[str, str]
Query: TypeAlias = Mapping[str, str | int | bool | None]

class Rotation(TypedDict):
    lapsesAt: str

class Policy(TypedDict):
    plan: str
    name: str

class RateLimit(TypedDict):
    limit: int
    windowSeconds: int
    remaining: int
    resetMs: int
    policy: NotRequired[Policy]

class Quota(TypedDict):
    limit: int
    period: Literal["day", "month"]
    remaining: int
    resetAt: str
    policy: NotRequired[Policy]

class Verdict1(TypedDict):
    valid: Literal[True]
    code: Literal["VALID"]
    requestId: str
    keyId: str
    secretId: str
    projectId: str
    name: str
    environment: Literal["live", "test"]
    api: str
    operation: str | None
    metadata: dict[str, Any]
    description: str
    tags: list[str]
    externalId: str | None
    scopes: list[str]
    expiresAt: str | None
    rotation: Rotation | None
    rateLimit: RateLimit | None
    quota: Quota | None

class RateLimit1(TypedDict):
    limit: int
    windowSeconds: int
    remaining: int
    resetMs: int
    policy: NotRequired[Policy]

class Quota1(TypedDict):
    limit: int
    period: Literal["day", "month"]
    remaining: int
    resetAt: str
    policy: NotRequired[Policy]

class Verdict2(TypedDict):
    valid: Literal[False]
    code: Literal[
        "KEY_MISSING",
        "KEY_MALFORMED",
        "KEY_NOT_FOUND",
        "KEY_REVOKED",
        "KEY_DISABLED",
        "KEY_EXPIRED",
        "KEY_ROTATED",
        "PROJECT_SUSPENDED",
        "API_NOT_ENABLED",
        "API_NOT_ALLOWED",
        "OPERATION_NOT_ALLOWED",
        "SCOPE_NOT_GRANTED",
        "CLIENT_IP_UNKNOWN",
        "IP_NOT_ALLOWED",
        "REFERRER_NOT_ALLOWED",
        "APP_NOT_ALLOWED",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
    ]
    message: str
    requestId: str
    observed: dict[str, str]
    keyId: NotRequired[str]
    projectId: NotRequired[str]
    name: NotRequired[str]
    environment: NotRequired[Literal["live", "test"]]
    retryAfterMs: NotRequired[int]
    rateLimit: NotRequired[RateLimit1 | None]
    quota: NotRequired[Quota1 | None]

Verdict: TypeAlias = Verdict1 | Verdict2

class Entry(TypedDict):
    keyId: NotRequired[str]
    secretId: NotRequired[str]
    projectId: NotRequired[str]
    jti: NotRequired[str]
    issuedBefore: str | None
    until: str

class Revocations(TypedDict):
    complete: bool
    cursor: str
    more: bool
    asOf: str
    lagMs: int
    entries: list[Entry]

class User(TypedDict):
    id: str
    name: str
    email: str
    siteRole: Literal["admin", "developer"]

class Project(TypedDict):
    id: str
    name: str
    role: Literal["owner", "developer", "viewer"]

class Me(TypedDict):
    user: User
    projects: list[Project]

class Older(TypedDict):
    hint: str
    lapsesAt: str
    lastUsedAt: str | None

class ManagementToken(TypedDict):
    id: str
    name: str
    hint: str
    scopes: list[
        Literal[
            "projects:read",
            "projects:write",
            "members:read",
            "members:write",
            "keys:read",
            "keys:write",
            "usage:read",
            "usage:write",
            "audit:read",
            "audit:write",
            "catalogue:read",
            "catalogue:write",
            "admin:read",
            "admin:write",
        ]
    ]
    allowedIps: list[str]
    createdAt: str
    expiresAt: str | None
    older: Older | None
    lastUsedAt: str | None
    lastUsedFrom: str | None
    revokedAt: str | None

class Project1(TypedDict):
    id: str
    name: str

class Subject(TypedDict):
    id: str
    name: str

class Notice(TypedDict):
    id: str
    time: str
    kind: Literal[
        "key.created",
        "key.expiring",
        "key.disabled",
        "key.enabled",
        "key.revoked",
        "key.restored",
        "key.rotated",
        "key.unused",
        "key.rule-broken",
        "key.exemption-ending",
        "key.approval-requested",
        "key.approved",
        "key.refused",
        "key.secret-old",
        "key.leaked",
        "keys.created",
        "keys.revoked",
        "keys.disabled",
        "keys.unused",
        "keys.rule-broken",
        "keys.approval-requested",
        "keys.restored",
        "quota.nearing",
        "quota.exhausted",
        "member.added",
        "member.changed-by-token",
        "member.credentials-ended",
        "access.requested",
        "access.enabled",
        "access.disabled",
        "access.approved",
        "access.declined",
        "operations.deprecated",
        "plan.changed",
        "plan.approved",
        "plan.declined",
        "plan.updated",
        "plan.trial-ending",
        "project.created",
        "project.suspended",
        "project.resumed",
        "project.deleted",
        "alert.quota",
        "alert.denials",
        "alert.new-network",
        "alert.dormant-key",
        "webhook.test",
    ]
    project: Project1
    subject: Subject
    by: str
    data: dict[str, str | float | bool | None]
    title: str
    text: str
    path: str
    readAt: str | None

class Rate(TypedDict):
    limit: int
    windowSeconds: int

class Quota2(TypedDict):
    limit: int
    period: Literal["day", "month"]

class Limits(TypedDict):
    rate: Rate | None
    quota: Quota2 | None

class Ceiling(TypedDict):
    rate: Rate | None
    quota: Quota2 | None

class ProjectSummary(TypedDict):
    id: str
    name: str
    createdAt: str
    suspendedAt: str | None
    role: Literal["owner", "developer", "viewer"]
    limits: Limits
    ceiling: Ceiling
    liveKeys: int

class Limits1(TypedDict):
    rate: Rate | None
    quota: Quota2 | None

class Ceiling1(TypedDict):
    rate: Rate | None
    quota: Quota2 | None

class Project2(TypedDict):
    id: str
    name: str
    createdAt: str
    suspendedAt: str | None
    role: Literal["owner", "developer", "viewer"]
    limits: Limits1
    ceiling: Ceiling1

class Limits2(TypedDict):
    rate: Rate | None
    quota: Quota2 | None

class Ceiling2(TypedDict):
    rate: Rate | None
    quota: Quota2 | None

class Owner(TypedDict):
    id: str
    name: str

class ProjectDetail(TypedDict):
    id: str
    name: str
    createdAt: str
    suspendedAt: str | None
    role: Literal["owner", "developer", "viewer"]
    limits: Limits2
    ceiling: Ceiling2
    owners: list[Owner]
    liveKeys: int
    members: int

class Site(TypedDict):
    maxDays: int
    cut: bool

class Project3(TypedDict):
    maxDays: int
    cut: bool

class SecretAges(TypedDict):
    site: Site | None
    project: Project3 | None

class MaxLifeDays(TypedDict):
    live: int | None
    test: int | None

class KeyRules(TypedDict):
    maxLifeDays: MaxLifeDays
    expiryRequired: bool
    namePattern: str | None
    descriptionRequired: bool
    externalIdRequired: bool
    approvalRequired: bool
    existingKeys: Literal["keep", "notify", "disable"]
    noticeDays: int

class Project4(TypedDict):
    id: str
    name: str

class FirstItem(TypedDict):
    id: str
    name: str
    project: Project4
    rules: list[Literal["maxLife", "expiry", "name", "description", "externalId"]]
    endsAt: str | None

class Keep(TypedDict):
    count: int
    first: list[FirstItem]

class FirstItem1(TypedDict):
    id: str
    name: str
    project: Project4
    rules: list[Literal["maxLife", "expiry", "name", "description", "externalId"]]
    endsAt: str | None

class Notify(TypedDict):
    count: int
    first: list[FirstItem1]

class FirstItem2(TypedDict):
    id: str
    name: str
    project: Project4
    rules: list[Literal["maxLife", "expiry", "name", "description", "externalId"]]
    endsAt: str | None

class End(TypedDict):
    count: int
    first: list[FirstItem2]

class KeyRulesDryRun(TypedDict):
    keep: Keep
    notify: Notify
    end: End
    complete: bool

class User1(TypedDict):
    id: str
    name: str
    email: str

class Member(TypedDict):
    user: User1
    role: Literal["owner", "developer", "viewer"]
    since: str

class CreatedBy(TypedDict):
    id: str
    name: str

class Invitation(TypedDict):
    id: str
    email: str
    role: Literal["owner", "developer", "viewer"]
    createdAt: str
    createdBy: CreatedBy
    expiresAt: str

class ProjectToken(TypedDict):
    id: str
    name: str
    hint: str
    scopes: list[
        Literal[
            "projects:read",
            "projects:write",
            "members:read",
            "members:write",
            "keys:read",
            "keys:write",
            "usage:read",
            "usage:write",
            "audit:read",
            "audit:write",
            "catalogue:read",
            "catalogue:write",
            "admin:read",
            "admin:write",
        ]
    ]
    allowedIps: list[str]
    createdAt: str
    expiresAt: str | None
    older: Older | None
    lastUsedAt: str | None
    lastUsedFrom: str | None
    revokedAt: str | None
    role: Literal["viewer", "developer"]
    createdBy: CreatedBy

class Scope(TypedDict):
    name: str
    description: str
    fromDocument: bool

class Operation(TypedDict):
    name: str
    operationId: str | None
    summary: str | None
    method: str | None
    path: str | None
    requiredScopes: list[list[str]] | None

class Api(TypedDict):
    slug: str
    name: str
    description: str
    access: Literal["open", "approval"]
    allowKeyInUrl: bool
    baseUrl: str | None
    basePaths: list[str]
    pathMatching: Literal["safe", "exact"]
    visibility: Literal["public", "members", "projects"]
    scopes: list[Scope]
    operations: list[Operation]
    operationsCursor: str | None
    createdAt: str
    updatedAt: str

class Guide(TypedDict):
    slug: str
    title: str
    body: str
    updatedAt: str

class Changelog(TypedDict):
    body: str
    updatedAt: str | None

class ProjectApi(TypedDict):
    slug: str
    name: str
    description: str
    baseUrl: str | None
    access: Literal["open", "approval"]
    status: Literal["enabled", "pending", "declined"] | None
    requestedAt: str | None
    decidedAt: str | None
    reason: str | None
    message: str | None
    hasPlans: bool

class Limit(TypedDict):
    name: str
    operations: str | None
    rate: Rate | None
    quota: Quota2 | None

class Price(TypedDict):
    currency: str
    monthly: str
    perThousand: str

class Limit1(TypedDict):
    name: str
    operations: str | None
    rate: Rate | None
    quota: Quota2 | None

class PlanTerms(TypedDict):
    limits: list[Limit1]
    unitsPerOperation: dict[str, int]
    includedUnits: int | None
    overage: Literal["block", "allow"]
    trialDays: int | None
    price: Price | None

class PlanVersion(TypedDict):
    version: int
    appliesAt: str | None
    createdAt: str
    createdBy: CreatedBy
    terms: PlanTerms

class PlanSubscriber(TypedDict):
    project: Project4
    startsAt: str
    endsAt: str | None
    trialEndsAt: str | None
    overridden: bool

class Api1(TypedDict):
    slug: str
    name: str

class Plan1(TypedDict):
    slug: str
    name: str

class Next1(TypedDict):
    plan: Plan1
    startsAt: str

class Request(TypedDict):
    plan: Plan1
    takesEffect: Literal["now", "period-end"]
    status: Literal["pending", "declined"]
    requestedAt: str
    message: str | None

class Limit2(TypedDict):
    name: str
    operations: str | None
    rate: Rate | None
    quota: Quota2 | None

class PlanOverrideTerms(TypedDict):
    limits: NotRequired[list[Limit2]]
    unitsPerOperation: NotRequired[dict[str, int]]
    includedUnits: NotRequired[int | None]
    overage: NotRequired[Literal["block", "allow"]]
    price: NotRequired[Price | None]

class Approval(TypedDict):
    status: Literal["pending", "approved", "refused"]
    at: str

class Limits3(TypedDict):
    rate: Rate | None
    quota: Quota2 | None

class AndroidItem(TypedDict):
    package: str
    sha1: str

class Io(TypedDict):
    bundleId: str

class Apps(TypedDict):
    android: list[AndroidItem]
    ios: list[Io]

class Api2(TypedDict):
    api: str
    operations: list[str]
    scopes: NotRequired[list[str]]

class Restrictions(TypedDict):
    ips: list[str]
    referrers: list[str]
    apps: Apps
    apis: list[Api2]

class Secret(TypedDict):
    id: str
    hint: str
    createdAt: str
    lapsesAt: str | None
    lastUsedAt: str | None

class Error(TypedDict):
    path: str
    message: str

class Result(TypedDict):
    row: int
    status: Literal["created", "unchanged", "failed"]
    keyId: str | None
    code: Literal["INVALID", "TOKEN_IN_USE", "LOOKUP_TOO_COMMON", "LIMIT_REACHED"] | None
    message: str | None
    errors: list[Error]

class ImportResult(TypedDict):
    dryRun: bool
    created: int
    unchanged: int
    failed: int
    results: list[Result]

class ImportStatus(TypedDict):
    imported: int
    seen: int
    waiting: int

class Customer(TypedDict):
    externalId: str
    keys: int
    active: int
    lastUsedAt: str | None

class RuleExemption(TypedDict):
    reason: str
    until: str
    by: str

class Older2(TypedDict):
    id: str
    hint: str
    lastUsedAt: str | None
    lastHour: int
    minutes: list[int]
    total: int
    lapsesAt: str

class Current(TypedDict):
    id: str
    hint: str
    lastUsedAt: str | None
    lastHour: int
    minutes: list[int]
    total: int

class Sender(TypedDict):
    kind: Literal["address", "origin", "app"]
    value: str
    values: int
    count: int
    lastSeenAt: str

class Operation1(TypedDict):
    api: str
    operation: str
    count: int
    lastSeenAt: str

class Rotation2(TypedDict):
    rotatedAt: str
    longestUntil: str
    older: Older2
    current: Current
    senders: list[Sender]
    operations: list[Operation1]

class Rotation1(TypedDict):
    rotation: Rotation2 | None

class Leak(TypedDict):
    id: str
    time: str
    hint: str
    source: Literal["github", "scanner", "public"]
    url: str
    works: bool
    alive: bool

class Rotation3(TypedDict):
    lapsesAt: str

class RateLimit2(TypedDict):
    limit: int
    windowSeconds: int
    remaining: int
    resetMs: int
    policy: NotRequired[Policy]

class Quota12(TypedDict):
    limit: int
    period: Literal["day", "month"]
    remaining: int
    resetAt: str
    policy: NotRequired[Policy]

class RateLimit3(TypedDict):
    limit: int
    windowSeconds: int
    remaining: int
    resetMs: int
    policy: NotRequired[Policy]

class Quota13(TypedDict):
    limit: int
    period: Literal["day", "month"]
    remaining: int
    resetAt: str
    policy: NotRequired[Policy]

class RuleOutcome(TypedDict):
    kind: Literal["apis", "ips", "referrers", "apps"]
    outcome: Literal["unrestricted", "allowed", "refused"]
    code: (
        Literal[
            "KEY_MISSING",
            "KEY_MALFORMED",
            "KEY_NOT_FOUND",
            "KEY_REVOKED",
            "KEY_DISABLED",
            "KEY_EXPIRED",
            "KEY_ROTATED",
            "PROJECT_SUSPENDED",
            "API_NOT_ENABLED",
            "API_NOT_ALLOWED",
            "OPERATION_NOT_ALLOWED",
            "SCOPE_NOT_GRANTED",
            "CLIENT_IP_UNKNOWN",
            "IP_NOT_ALLOWED",
            "REFERRER_NOT_ALLOWED",
            "APP_NOT_ALLOWED",
            "RATE_LIMITED",
            "QUOTA_EXCEEDED",
        ]
        | None
    )
    matched: str | None
    observed: dict[str, str]
    words: str

class Notice1(TypedDict):
    code: Literal[
        "invisible-removed",
        "ip-host-bits",
        "ip-mapped",
        "ip-private",
        "referrer-query",
        "referrer-path",
        "referrer-home-only",
        "app-forgeable",
    ]
    message: str

class EntryReading1(TypedDict):
    ok: Literal[True]
    text: str
    meaning: str
    notices: list[Notice1]

class EntryReading2(TypedDict):
    ok: Literal[False]
    code: Literal[
        "ip-empty",
        "ip-space",
        "ip-port",
        "ip-zone",
        "ip-star",
        "ip-range",
        "ip-name",
        "ip-short",
        "ip-unreadable",
        "prefix-everything",
        "prefix-unreadable",
        "prefix-too-long",
        "prefix-mixed",
        "referrer-empty",
        "referrer-space",
        "referrer-long",
        "referrer-everything",
        "referrer-backslash",
        "referrer-user-info",
        "referrer-scheme",
        "referrer-file",
        "referrer-host",
        "referrer-star",
        "referrer-star-address",
        "referrer-public-suffix",
        "referrer-port",
        "referrer-path-star",
        "referrer-dot-segments",
        "app-package",
        "app-sha1",
        "app-bundle-id",
        "api-unknown",
        "operation-empty",
        "operation-space",
        "operation-star",
        "operation-unknown",
        "scope-empty",
        "scope-name",
        "scope-none",
        "scope-unknown",
        "scope-differs",
    ]
    message: str
    suggestions: list[str]
    at: NotRequired[str]

EntryReading: TypeAlias = EntryReading1 | EntryReading2

class Refused(TypedDict):
    atLeast: int
    atMost: int

class NewlyRefused(TypedDict):
    atLeast: int
    atMost: int

class Value(TypedDict):
    value: str
    label: str
    count: int
    lastSeenAt: str | None
    outcome: Literal["refused", "unsure"]

class Rule(TypedDict):
    kind: Literal["apis", "ips", "referrers", "apps"]
    refused: int
    unsure: int
    values: list[Value]
    more: int

class RecentRefusals(TypedDict):
    looked: int
    wouldPass: int

DryRun = TypedDict(
    "DryRun",
    {
        "from": str,
        "to": str,
        "checks": int,
        "refused": Refused,
        "newlyRefused": NewlyRefused,
        "rules": list[Rule],
        "recentRefusals": RecentRefusals,
    },
)

class RefusedAlready(TypedDict):
    atLeast: int
    atMost: int

class EvidenceItem(TypedDict):
    kind: Literal["apis", "ips", "referrers", "apps"]
    entry: str
    count: int
    lastSeenAt: str | None

class Suggestion(TypedDict):
    restrictions: Restrictions
    sentence: str
    evidence: list[EvidenceItem]
    wouldRefuse: int

class RestrictionSuggestion(TypedDict):
    since: str
    checks: int
    refusedAlready: RefusedAlready
    suggestion: Suggestion | None
    why: str | None

class Series(TypedDict):
    group: Literal[
        "KEY_MISSING",
        "KEY_MALFORMED",
        "KEY_NOT_FOUND",
        "KEY_REVOKED",
        "KEY_DISABLED",
        "KEY_EXPIRED",
        "KEY_ROTATED",
        "PROJECT_SUSPENDED",
        "API_NOT_ENABLED",
        "API_NOT_ALLOWED",
        "OPERATION_NOT_ALLOWED",
        "SCOPE_NOT_GRANTED",
        "CLIENT_IP_UNKNOWN",
        "IP_NOT_ALLOWED",
        "REFERRER_NOT_ALLOWED",
        "APP_NOT_ALLOWED",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
        "VALID",
    ]
    label: str
    points: list[tuple[float, float]]
    total: int

class TrialResult(TypedDict):
    since: str | None
    countedFrom: str | None
    judged: int
    wouldRefuse: int
    interval: Literal["hour"]
    series: list[Series]

class Client(TypedDict):
    clientIp: str | None
    referrer: str | None
    origin: str | None
    androidPackage: str | None
    androidCertSha1: str | None
    iosBundleId: str | None

class Remedy(TypedDict):
    label: str
    query: str

class Denial(TypedDict):
    id: str
    time: str
    keyId: str
    keyName: str
    environment: Literal["live", "test"]
    code: Literal[
        "KEY_MISSING",
        "KEY_MALFORMED",
        "KEY_NOT_FOUND",
        "KEY_REVOKED",
        "KEY_DISABLED",
        "KEY_EXPIRED",
        "KEY_ROTATED",
        "PROJECT_SUSPENDED",
        "API_NOT_ENABLED",
        "API_NOT_ALLOWED",
        "OPERATION_NOT_ALLOWED",
        "SCOPE_NOT_GRANTED",
        "CLIENT_IP_UNKNOWN",
        "IP_NOT_ALLOWED",
        "REFERRER_NOT_ALLOWED",
        "APP_NOT_ALLOWED",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
    ]
    api: str
    operation: str | None
    observed: dict[str, str]
    words: str
    client: Client
    remedy: Remedy | None
    noRemedy: str | None

class Series1(TypedDict):
    group: str
    label: str
    points: list[tuple[float, float]]
    total: float
    previousTotal: NotRequired[float]

Previous = TypedDict(
    "Previous",
    {
        "from": str,
        "to": str,
        "points": list[tuple[float, float]],
        "total": float,
    },
)

Usage = TypedDict(
    "Usage",
    {
        "interval": Literal["minute", "hour", "day"],
        "from": str,
        "to": str,
        "series": list[Series1],
        "total": float,
        "groups": int,
        "nextCursor": str | None,
        "previous": NotRequired[Previous | None],
    },
)

class Request1(TypedDict):
    id: str
    requestId: str
    time: str
    keyId: str
    keyName: str
    secretId: str
    environment: Literal["live", "test"]
    code: Literal[
        "KEY_MISSING",
        "KEY_MALFORMED",
        "KEY_NOT_FOUND",
        "KEY_REVOKED",
        "KEY_DISABLED",
        "KEY_EXPIRED",
        "KEY_ROTATED",
        "PROJECT_SUSPENDED",
        "API_NOT_ENABLED",
        "API_NOT_ALLOWED",
        "OPERATION_NOT_ALLOWED",
        "SCOPE_NOT_GRANTED",
        "CLIENT_IP_UNKNOWN",
        "IP_NOT_ALLOWED",
        "REFERRER_NOT_ALLOWED",
        "APP_NOT_ALLOWED",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
        "VALID",
    ]
    api: str
    operation: str | None
    observed: dict[str, str]
    words: str | None
    client: Client

class Amount(TypedDict):
    currency: str
    amount: str

class Total(TypedDict):
    requests: int
    units: int
    amounts: list[Amount]

class Plan4(TypedDict):
    slug: str
    name: str
    version: int

class StatementLine(TypedDict):
    kind: Literal["usage", "fee", "late"]
    month: str | None
    api: str
    plan: Plan4 | None
    trial: bool
    operation: str | None
    requests: int
    units: int
    included: int
    over: int
    price: str | None
    currency: str | None
    amount: str | None

class Policy8(TypedDict):
    api: str
    plan: str
    name: str
    operations: str | None

class Rate10(TypedDict):
    scope: Literal["key", "project", "ceiling", "plan"]
    policy: Policy8 | None
    limit: int
    windowSeconds: int

class Quota14(TypedDict):
    scope: Literal["key", "project", "ceiling", "plan"]
    policy: Policy8 | None
    limit: int
    period: Literal["day", "month"]
    used: int
    resetAt: str
    forecast: int
    fullAt: str | None

class Refused1(TypedDict):
    rate: int
    quota: int

class LimitMeters(TypedDict):
    rates: list[Rate10]
    quotas: list[Quota14]
    refused: Refused1

class Api3(TypedDict):
    slug: str
    name: str

class RequestedBy(TypedDict):
    id: str
    name: str

class Plan5(TypedDict):
    slug: str
    name: str

class PendingAccess(TypedDict):
    project: Project4
    api: Api3
    requestedBy: RequestedBy
    requestedAt: str
    reason: str | None
    plan: Plan5 | None
    enabled: bool

class Older3(TypedDict):
    hint: str
    lapsesAt: str
    lastUsedAt: str | None

class User2(TypedDict):
    id: str
    name: str

class AdminManagementToken(TypedDict):
    id: str
    name: str
    hint: str
    scopes: list[
        Literal[
            "projects:read",
            "projects:write",
            "members:read",
            "members:write",
            "keys:read",
            "keys:write",
            "usage:read",
            "usage:write",
            "audit:read",
            "audit:write",
            "catalogue:read",
            "catalogue:write",
            "admin:read",
            "admin:write",
        ]
    ]
    allowedIps: list[str]
    createdAt: str
    expiresAt: str | None
    older: Older3 | None
    lastUsedAt: str | None
    lastUsedFrom: str | None
    revokedAt: str | None
    user: User2 | None
    project: Project4 | None

class ServiceToken(TypedDict):
    id: str
    name: str
    api: str | None
    trustedProxies: list[str]
    hint: str
    createdAt: str
    createdBy: CreatedBy
    localVerification: bool
    expiresAt: str | None
    older: Older3 | None
    lastUsedAt: str | None
    revokedAt: str | None

class User3(TypedDict):
    id: str
    name: str
    email: str
    siteRole: Literal["admin", "developer"]
    createdAt: str
    disabledAt: str | None
    projects: int

class Rate11(TypedDict):
    limit: int
    windowSeconds: int

class Quota15(TypedDict):
    limit: int
    period: Literal["day", "month"]

class Limits4(TypedDict):
    rate: Rate11 | None
    quota: Quota15 | None

class AdminKey(TypedDict):
    id: str
    projectId: str
    name: str
    environment: Literal["live", "test"]
    status: Literal["active", "disabled", "expired", "revoked"]
    hint: str
    createdAt: str
    createdBy: CreatedBy
    expiresAt: str | None
    lastUsedAt: str | None
    revokedAt: str | None
    endedBy: Literal["member", "leak", "policy", "admin"] | None
    approval: Approval | None
    restorableUntil: str | None
    restrictions: Restrictions
    trial: Restrictions | None
    trialSince: str | None
    limits: Limits4
    metadata: dict[str, str | float | bool | None]
    description: str
    tags: list[str]
    externalId: str | None
    secrets: list[Secret]
    projectName: str

class Exemption(TypedDict):
    reason: str
    until: str
    by: str

class FirstItem3(TypedDict):
    id: str
    name: str
    project: Project4
    idleSince: str

class Warn(TypedDict):
    count: int
    first: list[FirstItem3]

class FirstItem4(TypedDict):
    id: str
    name: str
    project: Project4
    idleSince: str

class Disable(TypedDict):
    count: int
    first: list[FirstItem4]

class FirstItem5(TypedDict):
    id: str
    name: str
    project: Project4
    idleSince: str

class Revoke(TypedDict):
    count: int
    first: list[FirstItem5]

class FirstItem6(TypedDict):
    id: str
    name: str
    project: Project4
    idleSince: str

class Waiting(TypedDict):
    count: int
    first: list[FirstItem6]

class UnusedDryRun(TypedDict):
    warn: Warn
    disable: Disable
    revoke: Revoke
    waiting: Waiting

class DeletedProject(TypedDict):
    id: str
    name: str
    createdAt: str
    deletedAt: str

class ServiceToken1(TypedDict):
    id: str
    name: str

class Verifier(TypedDict):
    id: str
    kind: Literal["verifier", "local"]
    address: str
    serviceToken: ServiceToken1 | None
    version: str
    startedAt: str
    lastSeenAt: str
    behind: int
    behindMs: float

class SecretAge(TypedDict):
    maxDays: int
    cut: bool

class UnusedKeys(TypedDict):
    warnDays: int | None
    disableDays: int | None
    revokeDays: int | None

class LeakedKeys(TypedDict):
    live: Literal["tell", "disable"]
    test: Literal["tell", "disable"]

class ManagementTokens(TypedDict):
    maxDays: int | None

class Policies(TypedDict):
    liveKeysNeedApplicationRestriction: bool
    secretAge: SecretAge | None
    unusedKeys: UnusedKeys
    leakedKeys: LeakedKeys
    managementTokens: ManagementTokens
    secondFactor: Literal["optional", "admins", "everyone"]
    keyRules: KeyRules

class LastError(TypedDict):
    time: str
    message: str
    failures: int

class LastTest(TypedDict):
    state: Literal["pending"]
    time: str

class LastTest1(TypedDict):
    state: Literal["accepted"]
    time: str

class LastTest2(TypedDict):
    state: Literal["failed"]
    time: str
    message: str

class BillingExport(TypedDict):
    id: str
    name: str
    adapter: Literal["cloudevents", "stripe", "lago"]
    url: str
    eventName: str
    source: str
    hasSecret: bool
    startsAt: str
    createdAt: str
    createdBy: CreatedBy
    enabled: bool
    exportedUntil: str
    lagSeconds: int
    pendingEvents: int
    heldEvents: int
    replaying: bool
    lastError: LastError | None
    nextAttemptAt: str | None
    lastSuccessAt: str | None
    lastTest: LastTest | LastTest1 | LastTest2 | None

class HeldBillingEvent(TypedDict):
    id: str
    projectId: str
    projectName: str
    keyId: str
    api: str
    operation: str
    hour: str
    units: int
    reason: Literal["no-customer", "not-billed", "rejected", "too-old", "uncertain", "due"]
    detail: str | None
    heldSince: str

class Usage1(TypedDict):
    requests: int
    units: int

class Exported(TypedDict):
    requests: int
    units: int

class Acknowledged(TypedDict):
    requests: int
    units: int

class Held(TypedDict):
    requests: int
    units: int

class NotBilled(TypedDict):
    requests: int
    units: int

class Row(TypedDict):
    usage: Usage1
    exported: Exported
    acknowledged: Acknowledged
    held: Held
    notBilled: NotBilled
    balanced: bool
    start: str

class Total1(TypedDict):
    usage: Usage1
    exported: Exported
    acknowledged: Acknowledged
    held: Held
    notBilled: NotBilled
    balanced: bool

BillingReconciliation = TypedDict(
    "BillingReconciliation",
    {
        "from": str,
        "to": str,
        "interval": Literal["hour", "day"],
        "rows": list[Row],
        "total": Total1,
    },
)

class BillingCustomer(TypedDict):
    projectId: str
    projectName: str
    customer: str | None
    assigned: bool

class Actor(TypedDict):
    id: str | None
    name: str

class AuditRecord(TypedDict):
    id: str
    at: str
    actor: Actor
    via: str
    address: str | None
    action: str
    projectId: str | None
    subject: Subject
    before: dict[str, Any] | None
    after: dict[str, Any] | None

class LastDelivery(TypedDict):
    state: Literal["due", "delivered", "failed"]
    time: str

class Webhook(TypedDict):
    id: str
    projectId: str | None
    format: Literal["signed", "slack"]
    url: str
    kinds: list[
        Literal[
            "key.created",
            "key.expiring",
            "key.disabled",
            "key.enabled",
            "key.revoked",
            "key.restored",
            "key.rotated",
            "key.unused",
            "key.rule-broken",
            "key.exemption-ending",
            "key.approval-requested",
            "key.approved",
            "key.refused",
            "key.secret-old",
            "key.leaked",
            "keys.created",
            "keys.revoked",
            "keys.disabled",
            "keys.unused",
            "keys.rule-broken",
            "keys.approval-requested",
            "keys.restored",
            "quota.nearing",
            "quota.exhausted",
            "member.added",
            "member.changed-by-token",
            "member.credentials-ended",
            "access.requested",
            "access.enabled",
            "access.disabled",
            "access.approved",
            "access.declined",
            "operations.deprecated",
            "plan.changed",
            "plan.approved",
            "plan.declined",
            "plan.updated",
            "plan.trial-ending",
            "project.created",
            "project.suspended",
            "project.resumed",
            "project.deleted",
            "alert.quota",
            "alert.denials",
            "alert.new-network",
            "alert.dormant-key",
            "webhook.test",
        ]
    ]
    enabled: bool
    createdAt: str
    olderSecretUntil: str | None
    lastDelivery: LastDelivery | None

class Event(TypedDict):
    id: str
    kind: Literal[
        "key.created",
        "key.expiring",
        "key.disabled",
        "key.enabled",
        "key.revoked",
        "key.restored",
        "key.rotated",
        "key.unused",
        "key.rule-broken",
        "key.exemption-ending",
        "key.approval-requested",
        "key.approved",
        "key.refused",
        "key.secret-old",
        "key.leaked",
        "keys.created",
        "keys.revoked",
        "keys.disabled",
        "keys.unused",
        "keys.rule-broken",
        "keys.approval-requested",
        "keys.restored",
        "quota.nearing",
        "quota.exhausted",
        "member.added",
        "member.changed-by-token",
        "member.credentials-ended",
        "access.requested",
        "access.enabled",
        "access.disabled",
        "access.approved",
        "access.declined",
        "operations.deprecated",
        "plan.changed",
        "plan.approved",
        "plan.declined",
        "plan.updated",
        "plan.trial-ending",
        "project.created",
        "project.suspended",
        "project.resumed",
        "project.deleted",
        "alert.quota",
        "alert.denials",
        "alert.new-network",
        "alert.dormant-key",
        "webhook.test",
    ]
    title: str
    time: str

class Attempt(TypedDict):
    time: str
    status: int | None
    error: str | None
    tookMs: float

class Delivery(TypedDict):
    id: str
    event: Event
    state: Literal["due", "delivered", "failed"]
    time: str
    nextAt: str | None
    attempts: list[Attempt]

class Rule1(TypedDict):
    kind: Literal["quota"]
    percent: int

class Rule2(TypedDict):
    kind: Literal["denials"]
    percent: int
    minRequests: int
    windowMinutes: int

class Rule3(TypedDict):
    kind: Literal["new-network"]

class Rule4(TypedDict):
    kind: Literal["dormant-key"]
    days: int

class Alert(TypedDict):
    id: str
    projectId: str
    rule: Rule1 | Rule2 | Rule3 | Rule4
    bell: bool
    mail: bool
    webhooks: bool
    enabled: bool
    createdAt: str
    lastFiredAt: str | None

class Tried1(TypedDict):
    valid: Literal[True]
    code: Literal["VALID"]
    requestId: str
    environment: Literal["live", "test"]
    api: str
    operation: str | None
    scopes: list[str]
    expiresAt: str | None
    rotation: Rotation3 | None

class Tried2(TypedDict):
    valid: Literal[False]
    code: Literal[
        "KEY_MISSING",
        "KEY_MALFORMED",
        "KEY_NOT_FOUND",
        "KEY_REVOKED",
        "KEY_DISABLED",
        "KEY_EXPIRED",
        "KEY_ROTATED",
        "PROJECT_SUSPENDED",
        "API_NOT_ENABLED",
        "API_NOT_ALLOWED",
        "OPERATION_NOT_ALLOWED",
        "SCOPE_NOT_GRANTED",
        "CLIENT_IP_UNKNOWN",
        "IP_NOT_ALLOWED",
        "REFERRER_NOT_ALLOWED",
        "APP_NOT_ALLOWED",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
    ]
    message: str
    requestId: str
    observed: dict[str, str]
    retryAfterMs: NotRequired[int]

Tried: TypeAlias = Tried1 | Tried2

class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    requestId: str
    code: NotRequired[
        Literal["LIMIT_REACHED", "OVERLAP_RUNNING", "VERSION_PLANNED", "CHANGE_SCHEDULED", "IP_NOT_ALLOWED"]
    ]
    errors: NotRequired[list[Error]]

class PostKeysVerifyRequest(TypedDict):
    key: NotRequired[str | None]
    api: NotRequired[str | None]
    operation: NotRequired[str | None]
    method: NotRequired[str | None]
    path: NotRequired[str | None]
    requiredScopes: NotRequired[list[str] | None]
    clientIp: NotRequired[str | None]
    referrer: NotRequired[str | None]
    origin: NotRequired[str | None]
    androidPackage: NotRequired[str | None]
    androidCertSha1: NotRequired[str | None]
    iosBundleId: NotRequired[str | None]
    cost: NotRequired[int]

class Check(TypedDict):
    key: NotRequired[str | None]
    api: NotRequired[str | None]
    operation: NotRequired[str | None]
    method: NotRequired[str | None]
    path: NotRequired[str | None]
    requiredScopes: NotRequired[list[str] | None]
    clientIp: NotRequired[str | None]
    referrer: NotRequired[str | None]
    origin: NotRequired[str | None]
    androidPackage: NotRequired[str | None]
    androidCertSha1: NotRequired[str | None]
    iosBundleId: NotRequired[str | None]
    cost: NotRequired[int]

class PostKeysVerifyBatchRequest(TypedDict):
    checks: list[Check]

class PostKeysVerifyBatchResponse(TypedDict):
    verdicts: list[Verdict]

class PostLeaksGithubRequest(TypedDict):
    token: str
    type: NotRequired[str | None]
    url: NotRequired[str | None]
    source: NotRequired[str | None]

class PostLeaksGithubResponseItem(TypedDict):
    token_hash: str
    token_type: str
    label: str

PostLeaksGithubResponse: TypeAlias = list[PostLeaksGithubResponseItem]

class GetMeTokensResponse(TypedDict):
    items: list[ManagementToken]
    nextCursor: str | None

class PostMeInvitationsRequest(TypedDict):
    token: str

class PostMeInvitationsResponse(TypedDict):
    projectId: str

class GetMeNoticesResponse(TypedDict):
    items: list[Notice]
    nextCursor: str | None
    unread: int

class PostMeNoticesReadRequest(TypedDict):
    upTo: str

class GetProjectsResponse(TypedDict):
    items: list[ProjectSummary]
    nextCursor: str | None

class PostProjectsRequest(TypedDict):
    name: str

class Limits5(TypedDict):
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

class PatchProjectsByProjectIdRequest(TypedDict):
    name: NotRequired[str]
    limits: NotRequired[Limits5]

class Rule5(TypedDict):
    maxDays: int
    cut: bool

class PutProjectsByProjectIdSecretAgeRequest(TypedDict):
    rule: Rule5 | None

class Rules(TypedDict):
    maxLifeDays: MaxLifeDays
    expiryRequired: bool
    namePattern: str | None
    descriptionRequired: bool
    externalIdRequired: bool
    approvalRequired: NotRequired[bool]
    existingKeys: NotRequired[Literal["keep", "notify", "disable"]]
    noticeDays: NotRequired[int]

class PutProjectsByProjectIdKeyRulesRequest(TypedDict):
    rules: Rules | None

class Rules1(TypedDict):
    maxLifeDays: MaxLifeDays
    expiryRequired: bool
    namePattern: str | None
    descriptionRequired: bool
    externalIdRequired: bool
    approvalRequired: NotRequired[bool]
    existingKeys: NotRequired[Literal["keep", "notify", "disable"]]
    noticeDays: NotRequired[int]

class PostProjectsByProjectIdKeyRulesDryRunRequest(TypedDict):
    rules: NotRequired[Rules1 | None]

class GetProjectsByProjectIdMembersResponse(TypedDict):
    items: list[Member]
    nextCursor: str | None

class PutProjectsByProjectIdMembersByUserIdRequest(TypedDict):
    role: Literal["owner", "developer", "viewer"]

class PostProjectsByProjectIdHandOverRequest(TypedDict):
    userId: str

class GetProjectsByProjectIdInvitationsResponse(TypedDict):
    items: list[Invitation]
    nextCursor: str | None

class PostProjectsByProjectIdInvitationsRequest(TypedDict):
    email: str
    role: Literal["owner", "developer", "viewer"]

class PostProjectsByProjectIdInvitationsResponse(TypedDict):
    invitation: Invitation
    link: str | None

class GetProjectsByProjectIdTokensResponse(TypedDict):
    items: list[ProjectToken]
    nextCursor: str | None

class GetApisResponse(TypedDict):
    items: list[Api]
    nextCursor: str | None

VisibleToItem: TypeAlias = str

class Scope1(TypedDict):
    name: str
    description: NotRequired[str]

class Operation2(TypedDict):
    name: str
    summary: NotRequired[str | None]
    method: NotRequired[str | None]
    path: NotRequired[str | None]
    requiredScopes: NotRequired[list[str] | list[list[str]] | None]

class PostApisRequest(TypedDict):
    slug: str
    name: NotRequired[str]
    description: NotRequired[str]
    access: NotRequired[Literal["open", "approval"]]
    allowKeyInUrl: NotRequired[bool]
    baseUrl: NotRequired[str | None]
    pathMatching: NotRequired[Literal["safe", "exact"]]
    visibility: NotRequired[Literal["public", "members", "projects"]]
    visibleTo: NotRequired[list[VisibleToItem]]
    scopes: NotRequired[list[Scope1]]
    operations: NotRequired[list[Operation2]]
    openapi: NotRequired[str | dict[str, Any]]

class PatchApisBySlugRequest(TypedDict):
    name: NotRequired[str]
    description: NotRequired[str]
    access: NotRequired[Literal["open", "approval"]]
    allowKeyInUrl: NotRequired[bool]
    baseUrl: NotRequired[str | None]
    pathMatching: NotRequired[Literal["safe", "exact"]]
    visibility: NotRequired[Literal["public", "members", "projects"]]
    visibleTo: NotRequired[list[VisibleToItem]]
    scopes: NotRequired[list[Scope1]]
    operations: NotRequired[list[Operation2]]
    openapi: NotRequired[str | dict[str, Any]]

class Item(TypedDict):
    id: str
    name: str

class GetApisBySlugAudienceResponse(TypedDict):
    items: list[Item]

class Item1(TypedDict):
    slug: str
    title: str
    updatedAt: str

class GetApisBySlugGuidesResponse(TypedDict):
    items: list[Item1]

class PutApisBySlugGuidesByGuideRequest(TypedDict):
    title: str
    body: str
    position: NotRequired[int]

class PutApisBySlugChangelogRequest(TypedDict):
    body: str

class GetProjectsByProjectIdApisResponse(TypedDict):
    items: list[ProjectApi]
    nextCursor: str | None

class PutProjectsByProjectIdApisBySlugRequest(TypedDict):
    plan: NotRequired[str]
    reason: NotRequired[str]

class PutProjectsByProjectIdApisBySlugResponse(TypedDict):
    status: Literal["enabled", "pending", "declined"]

class Limit3(TypedDict):
    name: str
    operations: NotRequired[str | None]
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

class Price3(TypedDict):
    currency: str
    monthly: NotRequired[str | float]
    perThousand: NotRequired[str | float]

class PostApisByApiPlansRequest(TypedDict):
    slug: str
    name: str
    description: NotRequired[str]
    visibility: NotRequired[Literal["public", "private"]]
    approval: NotRequired[bool]
    limits: NotRequired[list[Limit3]]
    unitsPerOperation: NotRequired[dict[str, int]]
    includedUnits: NotRequired[int | None]
    overage: NotRequired[Literal["block", "allow"]]
    trialDays: NotRequired[int | None]
    price: NotRequired[Price3 | None]

class Limit4(TypedDict):
    name: str
    operations: NotRequired[str | None]
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

class PatchApisByApiPlansBySlugRequest(TypedDict):
    name: NotRequired[str]
    description: NotRequired[str]
    visibility: NotRequired[Literal["public", "private"]]
    approval: NotRequired[bool]
    archived: NotRequired[bool]
    limits: NotRequired[list[Limit4]]
    unitsPerOperation: NotRequired[dict[str, int]]
    includedUnits: NotRequired[int | None]
    overage: NotRequired[Literal["block", "allow"]]
    trialDays: NotRequired[int | None]
    price: NotRequired[Price3 | None]
    takesEffect: NotRequired[Literal["now", "period-end"]]
    replacePlanned: NotRequired[bool]

class GetApisByApiPlansBySlugVersionsResponse(TypedDict):
    items: list[PlanVersion]
    nextCursor: str | None

class GetApisByApiPlansBySlugSubscribersResponse(TypedDict):
    items: list[PlanSubscriber]
    nextCursor: str | None

class PutProjectsByProjectIdApisBySlugSubscriptionRequest(TypedDict):
    plan: str
    takesEffect: NotRequired[Literal["now", "period-end"]]
    replaceScheduled: NotRequired[bool]

class Limit5(TypedDict):
    name: str
    operations: NotRequired[str | None]
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

class Terms(TypedDict):
    limits: NotRequired[list[Limit5]]
    unitsPerOperation: NotRequired[dict[str, int]]
    includedUnits: NotRequired[int | None]
    overage: NotRequired[Literal["block", "allow"]]
    price: NotRequired[Price3 | None]

class PutAdminProjectsByProjectIdApisBySlugOverrideRequest(TypedDict):
    terms: Terms
    reason: NotRequired[str]
    endsAt: NotRequired[str | None]

Ip: TypeAlias = str

Referrer: TypeAlias = str

class Apps2(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

Operation4: TypeAlias = str

Scope3: TypeAlias = str

class Api4(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Restrictions1(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps2]
    apis: NotRequired[list[Api4]]

class Apps3(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api5(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Trial(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps3]
    apis: NotRequired[list[Api5]]

class Limits6(TypedDict):
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

Tag: TypeAlias = str

class PostProjectsByProjectIdKeysRequest(TypedDict):
    name: str
    environment: Literal["live", "test"]
    expiresAt: NotRequired[str | None]
    restrictions: NotRequired[Restrictions1]
    trial: NotRequired[Trial | None]
    limits: NotRequired[Limits6]
    metadata: NotRequired[dict[str, str | float | bool | None]]
    description: NotRequired[str]
    tags: NotRequired[list[Tag]]
    externalId: NotRequired[str | None]

class Filter(TypedDict):
    q: NotRequired[str]
    tag: NotRequired[str]
    externalId: NotRequired[str]
    metadata: NotRequired[dict[str, str]]
    status: NotRequired[Literal["active", "disabled", "expired", "revoked"]]
    environment: NotRequired[Literal["live", "test"]]
    api: NotRequired[str]
    restricted: NotRequired[Literal["none", "no-application", "application"]]
    approval: NotRequired[Literal["pending"]]
    imported: NotRequired[Literal["seen", "unseen"]]

AddTag: TypeAlias = str

RemoveTag: TypeAlias = str

class PostProjectsByProjectIdKeysBulkRequest(TypedDict):
    filter: Filter
    action: Literal["revoke", "disable", "tag"]
    addTags: NotRequired[list[AddTag]]
    removeTags: NotRequired[list[RemoveTag]]
    expectedCount: NotRequired[int]
    dryRun: NotRequired[bool]

class PostProjectsByProjectIdKeysBulkResponse(TypedDict):
    changed: int
    remaining: int

class Shape(TypedDict):
    prefix: str
    minLength: int
    maxLength: int

class Apps4(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api6(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Restrictions2(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps4]
    apis: NotRequired[list[Api6]]

class Apps5(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api7(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Trial1(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps5]
    apis: NotRequired[list[Api7]]

class Limits7(TypedDict):
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

class Hash(TypedDict):
    algorithm: Literal["sha256", "sha512", "hmac-sha256", "bcrypt", "argon2id", "scrypt"]
    encoding: NotRequired[Literal["hex", "base64", "base64url"]]
    value: str
    lookup: NotRequired[str]

class Key1(TypedDict):
    name: str
    environment: Literal["live", "test"]
    expiresAt: NotRequired[str | None]
    restrictions: NotRequired[Restrictions2]
    trial: NotRequired[Trial1 | None]
    limits: NotRequired[Limits7]
    metadata: NotRequired[dict[str, str | float | bool | None]]
    description: NotRequired[str]
    tags: NotRequired[list[Tag]]
    externalId: NotRequired[str | None]
    token: NotRequired[str]
    hash: NotRequired[Hash]

class PostProjectsByProjectIdKeysImportRequest(TypedDict):
    shape: NotRequired[Shape | None]
    keys: list[Key1]

class GetProjectsByProjectIdCustomersResponse(TypedDict):
    items: list[Customer]
    nextCursor: str | None

class Apps6(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api8(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Restrictions3(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps6]
    apis: NotRequired[list[Api8]]

class Apps7(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api9(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Trial2(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps7]
    apis: NotRequired[list[Api9]]

class Limits8(TypedDict):
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

class Apps8(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api10(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Restrictions4(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps8]
    apis: NotRequired[list[Api10]]

class Apps9(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api11(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Trial3(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps9]
    apis: NotRequired[list[Api11]]

class Expected(TypedDict):
    restrictions: NotRequired[Restrictions4]
    trial: NotRequired[Trial3 | None]

class PatchProjectsByProjectIdKeysByKeyIdRequest(TypedDict):
    name: NotRequired[str]
    expiresAt: NotRequired[str | None]
    enabled: NotRequired[bool]
    restrictions: NotRequired[Restrictions3]
    trial: NotRequired[Trial2 | None]
    limits: NotRequired[Limits8]
    metadata: NotRequired[dict[str, str | float | bool | None]]
    description: NotRequired[str]
    tags: NotRequired[list[Tag]]
    externalId: NotRequired[str | None]
    expected: NotRequired[Expected]

class PostProjectsByProjectIdKeysByKeyIdRefuseRequest(TypedDict):
    reason: NotRequired[str]

class PostProjectsByProjectIdKeysByKeyIdRotateRequest(TypedDict):
    overlapSeconds: NotRequired[int]
    endOlder: NotRequired[bool]
    replaceUnseen: NotRequired[bool]

class PatchProjectsByProjectIdKeysByKeyIdSecretsBySecretIdRequest(TypedDict):
    lapsesAt: str

class FoundItem(TypedDict):
    token: str
    type: NotRequired[str | None]
    url: NotRequired[str | None]
    source: NotRequired[str | None]

class PostLeaksRequest(TypedDict):
    found: list[FoundItem]

class PostLeaksResponse(TypedDict):
    received: int

class GetProjectsByProjectIdKeysByKeyIdLeaksResponse(TypedDict):
    items: list[Leak]

class Apps10(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api12(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Restrictions5(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps10]
    apis: NotRequired[list[Api12]]

class PostProjectsByProjectIdKeysByKeyIdSimulateRequest(TypedDict):
    api: str
    operation: NotRequired[str | None]
    method: NotRequired[str | None]
    path: NotRequired[str | None]
    requiredScopes: NotRequired[list[str] | None]
    clientIp: NotRequired[str | None]
    referrer: NotRequired[str | None]
    origin: NotRequired[str | None]
    androidPackage: NotRequired[str | None]
    androidCertSha1: NotRequired[str | None]
    iosBundleId: NotRequired[str | None]
    cost: NotRequired[int]
    restrictions: NotRequired[Restrictions5]

class Apps11(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api13(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Restrictions6(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps11]
    apis: NotRequired[list[Api13]]

class PostProjectsByProjectIdRestrictionsExplainRequest(TypedDict):
    restrictions: Restrictions6

class Apps12(TypedDict):
    android: NotRequired[list[AndroidItem]]
    ios: NotRequired[list[Io]]

class Api14(TypedDict):
    api: str
    operations: NotRequired[list[Operation4]]
    scopes: NotRequired[list[Scope3]]

class Restrictions7(TypedDict):
    ips: NotRequired[list[Ip]]
    referrers: NotRequired[list[Referrer]]
    apps: NotRequired[Apps12]
    apis: NotRequired[list[Api14]]

class PostProjectsByProjectIdKeysByKeyIdDryRunRequest(TypedDict):
    restrictions: Restrictions7
    days: NotRequired[int]

GetProjectsByProjectIdDenialsResponse = TypedDict(
    "GetProjectsByProjectIdDenialsResponse",
    {
        "items": list[Denial],
        "nextCursor": str | None,
        "total": int,
        "from": str,
        "to": str,
    },
)

class GetProjectsByProjectIdRequestsResponse(TypedDict):
    items: list[Request1]
    nextCursor: str | None

class GetAdminApprovalsResponse(TypedDict):
    items: list[PendingAccess]
    nextCursor: str | None

class PutAdminProjectsByProjectIdApisBySlugRequest(TypedDict):
    message: NotRequired[str]
    decision: Literal["approve", "decline"]

class PutAdminProjectsByProjectIdApisBySlugResponse(TypedDict):
    status: Literal["enabled", "pending", "declined"]

class GetAdminManagementTokensResponse(TypedDict):
    items: list[AdminManagementToken]
    nextCursor: str | None

class GetAdminServiceTokensResponse(TypedDict):
    items: list[ServiceToken]
    nextCursor: str | None

class PostAdminServiceTokensRequest(TypedDict):
    name: str
    api: NotRequired[str | None]
    trustedProxies: NotRequired[list[str]]
    localVerification: NotRequired[bool]
    expiresAt: NotRequired[str | None]

class PostAdminServiceTokensResponse(TypedDict):
    serviceToken: ServiceToken
    token: str

class PatchAdminServiceTokensByServiceTokenIdRequest(TypedDict):
    localVerification: NotRequired[bool]

class PostAdminServiceTokensByServiceTokenIdRotateRequest(TypedDict):
    overlapSeconds: NotRequired[int]
    endOlder: NotRequired[bool]
    expiresAt: NotRequired[str | None]

class PostAdminServiceTokensByServiceTokenIdRotateResponse(TypedDict):
    serviceToken: ServiceToken
    token: str

class GetAdminUsersResponse(TypedDict):
    items: list[User3]
    nextCursor: str | None

class PutAdminUsersByUserIdRoleRequest(TypedDict):
    siteRole: Literal["admin", "developer"]

class GetAdminKeysResponse(TypedDict):
    items: list[AdminKey]
    nextCursor: str | None

KeyId: TypeAlias = str

class PostAdminKeysRevokeRequest(TypedDict):
    keyIds: list[KeyId]
    reason: str

class FailedItem(TypedDict):
    id: str
    code: Literal["invalid", "unauthenticated", "forbidden", "not-found", "conflict", "too-many"]

class PostAdminKeysRevokeResponse(TypedDict):
    revoked: list[str]
    failed: list[FailedItem]

class PutAdminKeysByKeyIdExemptionRequest(TypedDict):
    reason: str
    until: str

class DeleteAdminKeysByKeyIdExemptionResponse(TypedDict):
    ended: bool

class PutAdminKeysByKeyIdRuleExemptionRequest(TypedDict):
    reason: str
    until: str

class DeleteAdminKeysByKeyIdRuleExemptionResponse(TypedDict):
    ended: bool

class Key2(TypedDict):
    id: str
    name: str

class Item2(TypedDict):
    key: Key2
    project: Project4
    reason: str
    until: str
    createdAt: str
    by: str

class GetAdminExemptionsResponse(TypedDict):
    items: list[Item2]
    nextCursor: str | None

class Rules2(TypedDict):
    maxLifeDays: MaxLifeDays
    expiryRequired: bool
    namePattern: str | None
    descriptionRequired: bool
    externalIdRequired: bool
    approvalRequired: NotRequired[bool]
    existingKeys: NotRequired[Literal["keep", "notify", "disable"]]
    noticeDays: NotRequired[int]

class PostAdminPoliciesKeyRulesDryRunRequest(TypedDict):
    rules: NotRequired[Rules2]

class Rule6(TypedDict):
    warnDays: int | None
    disableDays: int | None
    revokeDays: int | None

class PostAdminPoliciesDryRunRequest(TypedDict):
    rule: NotRequired[Rule6]

class PostAdminProjectsByProjectIdSuspendRequest(TypedDict):
    reason: NotRequired[str]

class PostAdminProjectsByProjectIdResumeRequest(TypedDict):
    reason: NotRequired[str]

class Ceiling3(TypedDict):
    rate: NotRequired[Rate11 | None]
    quota: NotRequired[Quota15 | None]

class PutAdminProjectsByProjectIdCeilingRequest(TypedDict):
    ceiling: Ceiling3

class GetAdminDeletedProjectsResponse(TypedDict):
    items: list[DeletedProject]
    nextCursor: str | None

class GetAdminVerifiersResponse(TypedDict):
    items: list[Verifier]
    nextCursor: str | None

class KeyRules1(TypedDict):
    maxLifeDays: MaxLifeDays
    expiryRequired: bool
    namePattern: str | None
    descriptionRequired: bool
    externalIdRequired: bool
    approvalRequired: NotRequired[bool]
    existingKeys: NotRequired[Literal["keep", "notify", "disable"]]
    noticeDays: NotRequired[int]

class PatchAdminPoliciesRequest(TypedDict):
    liveKeysNeedApplicationRestriction: NotRequired[bool]
    secretAge: NotRequired[SecretAge | None]
    unusedKeys: NotRequired[UnusedKeys]
    leakedKeys: NotRequired[LeakedKeys]
    managementTokens: NotRequired[ManagementTokens]
    secondFactor: NotRequired[Literal["optional", "admins", "everyone"]]
    keyRules: NotRequired[KeyRules1]

class GetAdminBillingExportsResponse(TypedDict):
    items: list[BillingExport]
    nextCursor: str | None

PostAdminBillingExportsRequest = TypedDict(
    "PostAdminBillingExportsRequest",
    {
        "name": str,
        "adapter": Literal["cloudevents", "stripe", "lago"],
        "url": NotRequired[str],
        "eventName": NotRequired[str],
        "secret": NotRequired[str],
        "from": NotRequired[str],
    },
)

class PatchAdminBillingExportsByExportIdRequest(TypedDict):
    name: NotRequired[str]
    url: NotRequired[str]
    eventName: NotRequired[str]
    secret: NotRequired[str | None]
    enabled: NotRequired[bool]

PostAdminBillingExportsByExportIdReplayRequest = TypedDict(
    "PostAdminBillingExportsByExportIdReplayRequest",
    {"from": str},
)

class GetAdminBillingExportsByExportIdHeldResponse(TypedDict):
    items: list[HeldBillingEvent]
    nextCursor: str | None

class PostAdminBillingExportsByExportIdHeldResendResponse(TypedDict):
    events: int

class GetAdminBillingExportsByExportIdCustomersResponse(TypedDict):
    items: list[BillingCustomer]
    nextCursor: str | None

class PutAdminBillingExportsByExportIdCustomersByProjectIdRequest(TypedDict):
    customer: str | None

class GetProjectsByProjectIdAuditResponse(TypedDict):
    items: list[AuditRecord]
    nextCursor: str | None

class GetAuditResponse(TypedDict):
    items: list[AuditRecord]
    nextCursor: str | None

class GetProjectsByProjectIdWebhooksResponse(TypedDict):
    items: list[Webhook]
    nextCursor: str | None

class PostProjectsByProjectIdWebhooksRequest(TypedDict):
    url: str
    kinds: NotRequired[
        list[
            Literal[
                "key.created",
                "key.expiring",
                "key.disabled",
                "key.enabled",
                "key.revoked",
                "key.restored",
                "key.rotated",
                "key.unused",
                "key.rule-broken",
                "key.exemption-ending",
                "key.approval-requested",
                "key.approved",
                "key.refused",
                "key.secret-old",
                "key.leaked",
                "keys.created",
                "keys.revoked",
                "keys.disabled",
                "keys.unused",
                "keys.rule-broken",
                "keys.approval-requested",
                "keys.restored",
                "quota.nearing",
                "quota.exhausted",
                "member.added",
                "member.changed-by-token",
                "member.credentials-ended",
                "access.requested",
                "access.enabled",
                "access.disabled",
                "access.approved",
                "access.declined",
                "operations.deprecated",
                "plan.changed",
                "plan.approved",
                "plan.declined",
                "plan.updated",
                "plan.trial-ending",
                "project.created",
                "project.suspended",
                "project.resumed",
                "project.deleted",
                "alert.quota",
                "alert.denials",
                "alert.new-network",
                "alert.dormant-key",
            ]
        ]
    ]
    format: NotRequired[Literal["signed", "slack"]]

class PostProjectsByProjectIdWebhooksResponse(TypedDict):
    webhook: Webhook
    secret: str | None

class PatchProjectsByProjectIdWebhooksByWebhookIdRequest(TypedDict):
    url: NotRequired[str]
    kinds: NotRequired[
        list[
            Literal[
                "key.created",
                "key.expiring",
                "key.disabled",
                "key.enabled",
                "key.revoked",
                "key.restored",
                "key.rotated",
                "key.unused",
                "key.rule-broken",
                "key.exemption-ending",
                "key.approval-requested",
                "key.approved",
                "key.refused",
                "key.secret-old",
                "key.leaked",
                "keys.created",
                "keys.revoked",
                "keys.disabled",
                "keys.unused",
                "keys.rule-broken",
                "keys.approval-requested",
                "keys.restored",
                "quota.nearing",
                "quota.exhausted",
                "member.added",
                "member.changed-by-token",
                "member.credentials-ended",
                "access.requested",
                "access.enabled",
                "access.disabled",
                "access.approved",
                "access.declined",
                "operations.deprecated",
                "plan.changed",
                "plan.approved",
                "plan.declined",
                "plan.updated",
                "plan.trial-ending",
                "project.created",
                "project.suspended",
                "project.resumed",
                "project.deleted",
                "alert.quota",
                "alert.denials",
                "alert.new-network",
                "alert.dormant-key",
            ]
        ]
    ]
    enabled: NotRequired[bool]

class PostProjectsByProjectIdWebhooksByWebhookIdRotateSecretResponse(TypedDict):
    webhook: Webhook
    secret: str | None

class PostProjectsByProjectIdWebhooksByWebhookIdTestResponse(TypedDict):
    deliveryId: str

class GetProjectsByProjectIdWebhooksByWebhookIdDeliveriesResponse(TypedDict):
    items: list[Delivery]
    nextCursor: str | None

class PostProjectsByProjectIdWebhooksByWebhookIdDeliveriesByDeliveryIdReplayResponse(TypedDict):
    deliveryId: str

class GetAdminWebhooksResponse(TypedDict):
    items: list[Webhook]
    nextCursor: str | None

class PostAdminWebhooksRequest(TypedDict):
    url: str
    kinds: NotRequired[
        list[
            Literal[
                "key.created",
                "key.expiring",
                "key.disabled",
                "key.enabled",
                "key.revoked",
                "key.restored",
                "key.rotated",
                "key.unused",
                "key.rule-broken",
                "key.exemption-ending",
                "key.approval-requested",
                "key.approved",
                "key.refused",
                "key.secret-old",
                "key.leaked",
                "keys.created",
                "keys.revoked",
                "keys.disabled",
                "keys.unused",
                "keys.rule-broken",
                "keys.approval-requested",
                "keys.restored",
                "quota.nearing",
                "quota.exhausted",
                "member.added",
                "member.changed-by-token",
                "member.credentials-ended",
                "access.requested",
                "access.enabled",
                "access.disabled",
                "access.approved",
                "access.declined",
                "operations.deprecated",
                "plan.changed",
                "plan.approved",
                "plan.declined",
                "plan.updated",
                "plan.trial-ending",
                "project.created",
                "project.suspended",
                "project.resumed",
                "project.deleted",
                "alert.quota",
                "alert.denials",
                "alert.new-network",
                "alert.dormant-key",
            ]
        ]
    ]
    format: NotRequired[Literal["signed", "slack"]]

class PostAdminWebhooksResponse(TypedDict):
    webhook: Webhook
    secret: str | None

class PatchAdminWebhooksByWebhookIdRequest(TypedDict):
    url: NotRequired[str]
    kinds: NotRequired[
        list[
            Literal[
                "key.created",
                "key.expiring",
                "key.disabled",
                "key.enabled",
                "key.revoked",
                "key.restored",
                "key.rotated",
                "key.unused",
                "key.rule-broken",
                "key.exemption-ending",
                "key.approval-requested",
                "key.approved",
                "key.refused",
                "key.secret-old",
                "key.leaked",
                "keys.created",
                "keys.revoked",
                "keys.disabled",
                "keys.unused",
                "keys.rule-broken",
                "keys.approval-requested",
                "keys.restored",
                "quota.nearing",
                "quota.exhausted",
                "member.added",
                "member.changed-by-token",
                "member.credentials-ended",
                "access.requested",
                "access.enabled",
                "access.disabled",
                "access.approved",
                "access.declined",
                "operations.deprecated",
                "plan.changed",
                "plan.approved",
                "plan.declined",
                "plan.updated",
                "plan.trial-ending",
                "project.created",
                "project.suspended",
                "project.resumed",
                "project.deleted",
                "alert.quota",
                "alert.denials",
                "alert.new-network",
                "alert.dormant-key",
            ]
        ]
    ]
    enabled: NotRequired[bool]

class PostAdminWebhooksByWebhookIdRotateSecretResponse(TypedDict):
    webhook: Webhook
    secret: str | None

class PostAdminWebhooksByWebhookIdTestResponse(TypedDict):
    deliveryId: str

class GetAdminWebhooksByWebhookIdDeliveriesResponse(TypedDict):
    items: list[Delivery]
    nextCursor: str | None

class PostAdminWebhooksByWebhookIdDeliveriesByDeliveryIdReplayResponse(TypedDict):
    deliveryId: str

class GetProjectsByProjectIdAlertsResponse(TypedDict):
    items: list[Alert]
    nextCursor: str | None

class Rule7(TypedDict):
    kind: Literal["quota"]
    percent: int

class Rule8(TypedDict):
    kind: Literal["denials"]
    percent: int
    minRequests: int
    windowMinutes: int

class Rule9(TypedDict):
    kind: Literal["new-network"]

class Rule10(TypedDict):
    kind: Literal["dormant-key"]
    days: int

class PostProjectsByProjectIdAlertsRequest(TypedDict):
    rule: Rule7 | Rule8 | Rule9 | Rule10
    bell: NotRequired[bool]
    mail: NotRequired[bool]
    webhooks: NotRequired[bool]

class Rule11(TypedDict):
    kind: Literal["quota"]
    percent: int

class Rule12(TypedDict):
    kind: Literal["denials"]
    percent: int
    minRequests: int
    windowMinutes: int

class Rule13(TypedDict):
    kind: Literal["new-network"]

class Rule14(TypedDict):
    kind: Literal["dormant-key"]
    days: int

class PatchProjectsByProjectIdAlertsByAlertIdRequest(TypedDict):
    rule: NotRequired[Rule11 | Rule12 | Rule13 | Rule14]
    bell: NotRequired[bool]
    mail: NotRequired[bool]
    webhooks: NotRequired[bool]
    enabled: NotRequired[bool]

class PostKeysTryRequest(TypedDict):
    key: NotRequired[str | None]
    api: NotRequired[str | None]
    operation: NotRequired[str | None]
    method: NotRequired[str | None]
    path: NotRequired[str | None]
    referrer: NotRequired[str | None]
    origin: NotRequired[str | None]
    androidPackage: NotRequired[str | None]
    androidCertSha1: NotRequired[str | None]
    iosBundleId: NotRequired[str | None]

class AppliedKeyRules(TypedDict):
    site: KeyRules
    project: KeyRules | None

class Next(TypedDict):
    version: int
    appliesAt: str
    terms: PlanTerms

class Plan(TypedDict):
    api: str
    slug: str
    name: str
    description: str
    visibility: Literal["public", "private"]
    approval: bool
    limits: list[Limit]
    unitsPerOperation: dict[str, int]
    includedUnits: int | None
    overage: Literal["block", "allow"]
    trialDays: int | None
    price: Price | None
    version: int
    next: Next | None
    unmatchedPatterns: list[str]
    createdAt: str
    updatedAt: str
    archivedAt: str | None

class Override(TypedDict):
    terms: PlanOverrideTerms
    reason: str
    endsAt: str | None
    updatedAt: str
    unmatchedPatterns: list[str]

class Subscription(TypedDict):
    projectId: str
    api: Api1
    plan: Plan1 | None
    version: int | None
    terms: PlanTerms | None
    startsAt: str | None
    trialEndsAt: str | None
    override: Override | None
    next: Next1 | None
    request: Request | None

class Key(TypedDict):
    id: str
    projectId: str
    name: str
    environment: Literal["live", "test"]
    status: Literal["active", "disabled", "expired", "revoked"]
    hint: str
    createdAt: str
    createdBy: CreatedBy
    expiresAt: str | None
    lastUsedAt: str | None
    revokedAt: str | None
    endedBy: Literal["member", "leak", "policy", "admin"] | None
    approval: Approval | None
    restorableUntil: str | None
    restrictions: Restrictions
    trial: Restrictions | None
    trialSince: str | None
    limits: Limits3
    metadata: dict[str, str | float | bool | None]
    description: str
    tags: list[str]
    externalId: str | None
    secrets: list[Secret]

class KeyRuleState(TypedDict):
    broken: list[Literal["maxLife", "expiry", "name", "description", "externalId"]]
    endsAt: str | None
    exemption: RuleExemption | None

class Simulated1(TypedDict):
    valid: Literal[True]
    code: Literal["VALID"]
    requestId: str
    keyId: str
    secretId: str
    projectId: str
    name: str
    environment: Literal["live", "test"]
    api: str
    operation: str | None
    metadata: dict[str, Any]
    description: str
    tags: list[str]
    externalId: str | None
    scopes: list[str]
    expiresAt: str | None
    rotation: Rotation3 | None
    rateLimit: RateLimit2 | None
    quota: Quota12 | None
    rules: list[RuleOutcome]

class Simulated2(TypedDict):
    valid: Literal[False]
    code: Literal[
        "KEY_MISSING",
        "KEY_MALFORMED",
        "KEY_NOT_FOUND",
        "KEY_REVOKED",
        "KEY_DISABLED",
        "KEY_EXPIRED",
        "KEY_ROTATED",
        "PROJECT_SUSPENDED",
        "API_NOT_ENABLED",
        "API_NOT_ALLOWED",
        "OPERATION_NOT_ALLOWED",
        "SCOPE_NOT_GRANTED",
        "CLIENT_IP_UNKNOWN",
        "IP_NOT_ALLOWED",
        "REFERRER_NOT_ALLOWED",
        "APP_NOT_ALLOWED",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
    ]
    message: str
    requestId: str
    observed: dict[str, str]
    keyId: NotRequired[str]
    projectId: NotRequired[str]
    name: NotRequired[str]
    environment: NotRequired[Literal["live", "test"]]
    retryAfterMs: NotRequired[int]
    rateLimit: NotRequired[RateLimit3 | None]
    quota: NotRequired[Quota13 | None]
    rules: list[RuleOutcome]

Simulated: TypeAlias = Simulated1 | Simulated2

class Apps1(TypedDict):
    android: list[EntryReading]
    ios: list[EntryReading]

class Kinds(TypedDict):
    ips: list[EntryReading]
    referrers: list[EntryReading]
    apps: Apps1
    apis: list[EntryReading]

class ExplainedEntries(TypedDict):
    kinds: Kinds
    total: int

class Statement(TypedDict):
    projectId: str
    projectName: str
    month: str
    status: Literal["provisional", "closed"]
    closesAt: str
    lines: list[StatementLine]
    total: Total

class GetApisByApiPlansResponse(TypedDict):
    items: list[Plan]

class GetProjectsByProjectIdSubscriptionsResponse(TypedDict):
    items: list[Subscription]
    nextCursor: str | None

class GetProjectsByProjectIdKeysResponse(TypedDict):
    items: list[Key]
    nextCursor: str | None
    total: int

class PostProjectsByProjectIdKeysResponse(TypedDict):
    key: Key
    secret: str

class PostProjectsByProjectIdKeysByKeyIdRotateResponse(TypedDict):
    key: Key
    secret: str

class Get(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/revocations"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Revocations: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Me: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetMeTokensResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/notices"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetMeNoticesResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> ProjectDetail: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/secret-age"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> SecretAges: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/key-rules"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> AppliedKeyRules: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/members"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdMembersResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/invitations"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdInvitationsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/tokens"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdTokensResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetApisResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Api: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/audience"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetApisBySlugAudienceResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetApisBySlugGuidesResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides/{guide}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Guide: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/changelog"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Changelog: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdApisResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetApisByApiPlansResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Plan: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}/versions"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetApisByApiPlansBySlugVersionsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}/subscribers"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetApisByApiPlansBySlugSubscribersResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/subscriptions"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdSubscriptionsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}/subscription"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Subscription: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdKeysResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/import"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> ImportStatus: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/customers"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdCustomersResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/rules"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> KeyRuleState: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/rotation"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Rotation: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/leaks"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdKeysByKeyIdLeaksResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/suggestions"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> RestrictionSuggestion: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/trial"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> TrialResult: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/denials"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdDenialsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/usage"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Usage: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/requests"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdRequestsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/statements/{month}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Statement: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/limits"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> LimitMeters: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/approvals"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminApprovalsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/management-tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminManagementTokensResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminServiceTokensResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminUsersResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminKeysResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/exemptions"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminExemptionsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/deleted-projects"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminDeletedProjectsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/verifiers"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminVerifiersResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Policies: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminBillingExportsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> BillingExport: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/held"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminBillingExportsByExportIdHeldResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/reconciliation"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> BillingReconciliation: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/customers"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminBillingExportsByExportIdCustomersResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/audit"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdAuditResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/audit"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAuditResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/audit/export"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/audit/export"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdWebhooksResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Webhook: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/deliveries"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdWebhooksByWebhookIdDeliveriesResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminWebhooksResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Webhook: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/deliveries"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetAdminWebhooksByWebhookIdDeliveriesResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> GetProjectsByProjectIdAlertsResponse: ...

class AsyncGet(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/revocations"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Revocations]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Me]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetMeTokensResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/notices"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetMeNoticesResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[ProjectDetail]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/secret-age"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[SecretAges]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/key-rules"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[AppliedKeyRules]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/members"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdMembersResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/invitations"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdInvitationsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/tokens"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdTokensResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetApisResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Api]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/audience"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetApisBySlugAudienceResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetApisBySlugGuidesResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides/{guide}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Guide]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/changelog"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Changelog]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdApisResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetApisByApiPlansResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Plan]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}/versions"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetApisByApiPlansBySlugVersionsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}/subscribers"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetApisByApiPlansBySlugSubscribersResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/subscriptions"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdSubscriptionsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}/subscription"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Subscription]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdKeysResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/import"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[ImportStatus]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/customers"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdCustomersResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/rules"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[KeyRuleState]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/rotation"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Rotation]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/leaks"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdKeysByKeyIdLeaksResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/suggestions"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[RestrictionSuggestion]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/trial"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[TrialResult]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/denials"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdDenialsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/usage"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Usage]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/requests"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdRequestsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/statements/{month}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Statement]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/limits"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[LimitMeters]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/approvals"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminApprovalsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/management-tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminManagementTokensResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminServiceTokensResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminUsersResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminKeysResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/exemptions"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminExemptionsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/deleted-projects"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminDeletedProjectsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/verifiers"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminVerifiersResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Policies]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminBillingExportsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[BillingExport]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/held"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminBillingExportsByExportIdHeldResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/reconciliation"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[BillingReconciliation]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/customers"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminBillingExportsByExportIdCustomersResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/audit"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdAuditResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/audit"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAuditResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/audit/export"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/audit/export"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdWebhooksResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Webhook]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/deliveries"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdWebhooksByWebhookIdDeliveriesResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks"],
        *,
        params: None = None,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminWebhooksResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Webhook]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/deliveries"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetAdminWebhooksByWebhookIdDeliveriesResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[GetProjectsByProjectIdAlertsResponse]: ...

class Post(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/keys/verify"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostKeysVerifyRequest,
        idempotency_key: str | None = None,
    ) -> Verdict: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/keys/verify/batch"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostKeysVerifyBatchRequest,
        idempotency_key: str | None = None,
    ) -> PostKeysVerifyBatchResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/leaks/github"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostLeaksGithubRequest,
        idempotency_key: str | None = None,
    ) -> PostLeaksGithubResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/invitations"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostMeInvitationsRequest,
        idempotency_key: str | None = None,
    ) -> PostMeInvitationsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/notices/read"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostMeNoticesReadRequest,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostProjectsRequest,
        idempotency_key: str | None = None,
    ) -> Project: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/key-rules/dry-run"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeyRulesDryRunRequest,
        idempotency_key: str | None = None,
    ) -> KeyRulesDryRun: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/hand-over"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdHandOverRequest,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/invitations"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdInvitationsRequest,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdInvitationsResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostApisRequest,
        idempotency_key: str | None = None,
    ) -> Api: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostApisByApiPlansRequest,
        idempotency_key: str | None = None,
    ) -> Plan: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysRequest,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdKeysResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/bulk"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysBulkRequest,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdKeysBulkResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/import"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysImportRequest,
        idempotency_key: str | None = None,
    ) -> ImportResult: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/restore"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/approve"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/refuse"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdRefuseRequest,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/rotate"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdRotateRequest,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdKeysByKeyIdRotateResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/leaks"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostLeaksRequest,
        idempotency_key: str | None = None,
    ) -> PostLeaksResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/simulate"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdSimulateRequest,
        idempotency_key: str | None = None,
    ) -> Simulated: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/restrictions/explain"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdRestrictionsExplainRequest,
        idempotency_key: str | None = None,
    ) -> ExplainedEntries: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/dry-run"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdDryRunRequest,
        idempotency_key: str | None = None,
    ) -> DryRun: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminServiceTokensRequest,
        idempotency_key: str | None = None,
    ) -> PostAdminServiceTokensResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}/rotate"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminServiceTokensByServiceTokenIdRotateRequest,
        idempotency_key: str | None = None,
    ) -> PostAdminServiceTokensByServiceTokenIdRotateResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users/{userId}/disable"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> User: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users/{userId}/enable"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> User: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/revoke"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminKeysRevokeRequest,
        idempotency_key: str | None = None,
    ) -> PostAdminKeysRevokeResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies/key-rules/dry-run"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminPoliciesKeyRulesDryRunRequest,
        idempotency_key: str | None = None,
    ) -> KeyRulesDryRun: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies/dry-run"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminPoliciesDryRunRequest,
        idempotency_key: str | None = None,
    ) -> UnusedDryRun: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/suspend"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminProjectsByProjectIdSuspendRequest,
        idempotency_key: str | None = None,
    ) -> Project: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/resume"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminProjectsByProjectIdResumeRequest,
        idempotency_key: str | None = None,
    ) -> Project: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminBillingExportsRequest,
        idempotency_key: str | None = None,
    ) -> BillingExport: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/test"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> BillingExport: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/replay"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminBillingExportsByExportIdReplayRequest,
        idempotency_key: str | None = None,
    ) -> BillingExport: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/held/resend"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> PostAdminBillingExportsByExportIdHeldResendResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdWebhooksRequest,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdWebhooksResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/rotate-secret"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdWebhooksByWebhookIdRotateSecretResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/test"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdWebhooksByWebhookIdTestResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> PostProjectsByProjectIdWebhooksByWebhookIdDeliveriesByDeliveryIdReplayResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminWebhooksRequest,
        idempotency_key: str | None = None,
    ) -> PostAdminWebhooksResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/rotate-secret"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> PostAdminWebhooksByWebhookIdRotateSecretResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/test"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> PostAdminWebhooksByWebhookIdTestResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/deliveries/{deliveryId}/replay"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> PostAdminWebhooksByWebhookIdDeliveriesByDeliveryIdReplayResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdAlertsRequest,
        idempotency_key: str | None = None,
    ) -> Alert: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/keys/try"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostKeysTryRequest,
        idempotency_key: str | None = None,
    ) -> Tried: ...

class AsyncPost(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/keys/verify"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostKeysVerifyRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Verdict]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/keys/verify/batch"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostKeysVerifyBatchRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostKeysVerifyBatchResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/leaks/github"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostLeaksGithubRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostLeaksGithubResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/invitations"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostMeInvitationsRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostMeInvitationsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/notices/read"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostMeNoticesReadRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostProjectsRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Project]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/key-rules/dry-run"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeyRulesDryRunRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[KeyRulesDryRun]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/hand-over"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdHandOverRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/invitations"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdInvitationsRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdInvitationsResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostApisRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Api]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostApisByApiPlansRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Plan]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdKeysResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/bulk"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysBulkRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdKeysBulkResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/import"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysImportRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[ImportResult]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/restore"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/approve"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/refuse"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdRefuseRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/rotate"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdRotateRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdKeysByKeyIdRotateResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/leaks"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostLeaksRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostLeaksResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/simulate"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdSimulateRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Simulated]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/restrictions/explain"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdRestrictionsExplainRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[ExplainedEntries]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/dry-run"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdKeysByKeyIdDryRunRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[DryRun]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminServiceTokensRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminServiceTokensResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}/rotate"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminServiceTokensByServiceTokenIdRotateRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminServiceTokensByServiceTokenIdRotateResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users/{userId}/disable"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[User]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users/{userId}/enable"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[User]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/revoke"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminKeysRevokeRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminKeysRevokeResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies/key-rules/dry-run"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminPoliciesKeyRulesDryRunRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[KeyRulesDryRun]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies/dry-run"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminPoliciesDryRunRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[UnusedDryRun]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/suspend"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminProjectsByProjectIdSuspendRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Project]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/resume"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminProjectsByProjectIdResumeRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Project]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminBillingExportsRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[BillingExport]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/test"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[BillingExport]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/replay"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostAdminBillingExportsByExportIdReplayRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[BillingExport]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/held/resend"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminBillingExportsByExportIdHeldResendResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdWebhooksRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdWebhooksResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/rotate-secret"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdWebhooksByWebhookIdRotateSecretResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/test"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdWebhooksByWebhookIdTestResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostProjectsByProjectIdWebhooksByWebhookIdDeliveriesByDeliveryIdReplayResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostAdminWebhooksRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminWebhooksResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/rotate-secret"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminWebhooksByWebhookIdRotateSecretResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/test"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminWebhooksByWebhookIdTestResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}/deliveries/{deliveryId}/replay"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[PostAdminWebhooksByWebhookIdDeliveriesByDeliveryIdReplayResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts"],
        *,
        params: Params,
        query: Query | None = None,
        json: PostProjectsByProjectIdAlertsRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Alert]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/keys/try"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PostKeysTryRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Tried]: ...

class Put(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/secret-age"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdSecretAgeRequest,
        idempotency_key: str | None = None,
    ) -> SecretAges: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/key-rules"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdKeyRulesRequest,
        idempotency_key: str | None = None,
    ) -> AppliedKeyRules: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/members/{userId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdMembersByUserIdRequest,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides/{guide}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutApisBySlugGuidesByGuideRequest,
        idempotency_key: str | None = None,
    ) -> Guide: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/changelog"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutApisBySlugChangelogRequest,
        idempotency_key: str | None = None,
    ) -> Changelog: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdApisBySlugRequest,
        idempotency_key: str | None = None,
    ) -> PutProjectsByProjectIdApisBySlugResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}/subscription"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdApisBySlugSubscriptionRequest,
        idempotency_key: str | None = None,
    ) -> Subscription: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/apis/{slug}/override"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminProjectsByProjectIdApisBySlugOverrideRequest,
        idempotency_key: str | None = None,
    ) -> Subscription: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminProjectsByProjectIdApisBySlugRequest,
        idempotency_key: str | None = None,
    ) -> PutAdminProjectsByProjectIdApisBySlugResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users/{userId}/role"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminUsersByUserIdRoleRequest,
        idempotency_key: str | None = None,
    ) -> User: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminKeysByKeyIdExemptionRequest,
        idempotency_key: str | None = None,
    ) -> Exemption: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/rule-exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminKeysByKeyIdRuleExemptionRequest,
        idempotency_key: str | None = None,
    ) -> RuleExemption: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/ceiling"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminProjectsByProjectIdCeilingRequest,
        idempotency_key: str | None = None,
    ) -> Project: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/customers/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminBillingExportsByExportIdCustomersByProjectIdRequest,
        idempotency_key: str | None = None,
    ) -> BillingCustomer: ...

class AsyncPut(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/secret-age"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdSecretAgeRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[SecretAges]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/key-rules"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdKeyRulesRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[AppliedKeyRules]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/members/{userId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdMembersByUserIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides/{guide}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutApisBySlugGuidesByGuideRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Guide]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/changelog"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutApisBySlugChangelogRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Changelog]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdApisBySlugRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PutProjectsByProjectIdApisBySlugResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}/subscription"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutProjectsByProjectIdApisBySlugSubscriptionRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Subscription]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/apis/{slug}/override"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminProjectsByProjectIdApisBySlugOverrideRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Subscription]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminProjectsByProjectIdApisBySlugRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[PutAdminProjectsByProjectIdApisBySlugResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/users/{userId}/role"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminUsersByUserIdRoleRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[User]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminKeysByKeyIdExemptionRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Exemption]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/rule-exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminKeysByKeyIdRuleExemptionRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[RuleExemption]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/ceiling"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminProjectsByProjectIdCeilingRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Project]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/customers/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PutAdminBillingExportsByExportIdCustomersByProjectIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[BillingCustomer]: ...

class Patch(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdRequest,
        idempotency_key: str | None = None,
    ) -> Project: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchApisBySlugRequest,
        idempotency_key: str | None = None,
    ) -> Api: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchApisByApiPlansBySlugRequest,
        idempotency_key: str | None = None,
    ) -> Plan: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdKeysByKeyIdRequest,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/secrets/{secretId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdKeysByKeyIdSecretsBySecretIdRequest,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchAdminServiceTokensByServiceTokenIdRequest,
        idempotency_key: str | None = None,
    ) -> ServiceToken: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PatchAdminPoliciesRequest,
        idempotency_key: str | None = None,
    ) -> Policies: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchAdminBillingExportsByExportIdRequest,
        idempotency_key: str | None = None,
    ) -> BillingExport: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdWebhooksByWebhookIdRequest,
        idempotency_key: str | None = None,
    ) -> Webhook: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchAdminWebhooksByWebhookIdRequest,
        idempotency_key: str | None = None,
    ) -> Webhook: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts/{alertId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdAlertsByAlertIdRequest,
        idempotency_key: str | None = None,
    ) -> Alert: ...

class AsyncPatch(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Project]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchApisBySlugRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Api]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchApisByApiPlansBySlugRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Plan]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdKeysByKeyIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/secrets/{secretId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdKeysByKeyIdSecretsBySecretIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchAdminServiceTokensByServiceTokenIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[ServiceToken]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/policies"],
        *,
        params: None = None,
        query: Query | None = None,
        json: PatchAdminPoliciesRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Policies]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchAdminBillingExportsByExportIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[BillingExport]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdWebhooksByWebhookIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Webhook]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchAdminWebhooksByWebhookIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Webhook]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts/{alertId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: PatchProjectsByProjectIdAlertsByAlertIdRequest,
        idempotency_key: str | None = None,
    ) -> Awaitable[Alert]: ...

class Delete(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/tokens/{managementTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/members/{userId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/invitations/{invitationId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/tokens/{managementTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/tokens/{managementTokenId}/older"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> ProjectToken: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides/{guide}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}/subscription/change"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Subscription: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/apis/{slug}/override"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Subscription: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/secrets/{secretId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Key: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}/older"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> ServiceToken: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> DeleteAdminKeysByKeyIdExemptionResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/rule-exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> DeleteAdminKeysByKeyIdRuleExemptionResponse: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/customers/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts/{alertId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Any: ...

class AsyncDelete(Protocol):
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/me/tokens/{managementTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/members/{userId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/invitations/{invitationId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/tokens/{managementTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/tokens/{managementTokenId}/older"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[ProjectToken]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{slug}/guides/{guide}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/apis/{api}/plans/{slug}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/apis/{slug}/subscription/change"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Subscription]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/projects/{projectId}/apis/{slug}/override"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Subscription]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/keys/{keyId}/secrets/{secretId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Key]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/service-tokens/{serviceTokenId}/older"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[ServiceToken]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[DeleteAdminKeysByKeyIdExemptionResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/keys/{keyId}/rule-exemption"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[DeleteAdminKeysByKeyIdRuleExemptionResponse]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/billing-exports/{exportId}/customers/{projectId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/admin/webhooks/{webhookId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
    @overload
    def __call__(
        self,
        path: Literal["/api/v1/projects/{projectId}/alerts/{alertId}"],
        *,
        params: Params,
        query: Query | None = None,
        json: None = None,
        idempotency_key: str | None = None,
    ) -> Awaitable[Any]: ...
