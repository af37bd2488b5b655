import type { PortcullisError } from "../../errors.ts";
import type { SailPointApproval } from "./approval.ts";
import type { SailPointPriority } from "./budget.ts";
import type { Filter } from "./filter.ts";

/** What a list is narrowed to and what its rows hold. Nothing said: all approvals for an administrator's token, else the caller's own. */
export interface ApprovalQuery {
  /** Only what waits for the caller. */
  readonly mine?: boolean;
  /** These three must be the caller's own id, unless the caller is an administrator: SailPoint refuses else. */
  readonly requesterId?: string;
  readonly requesteeId?: string;
  readonly approverId?: string;
  readonly filter?: Filter;
  readonly include?: readonly ("comments" | "approvers" | "reassignment-history" | "batch-info")[];
  /** Fields, descending with a minus. Not in SailPoint's contract; live tenants know `createdDate`. */
  readonly sorters?: readonly string[];
}

export interface PageOptions {
  /** 0 to 250, which is the default. */
  readonly limit?: number;
  readonly offset?: number;
}

export interface ApprovalPage {
  readonly approvals: readonly SailPointApproval[];
  /** Of the whole list, from `X-Total-Count`; null when the header is missing. */
  readonly total: number | null;
}

export interface Urgency {
  /** `look` unless said otherwise. */
  readonly priority?: SailPointPriority;
}

export interface Remark {
  readonly comment?: string;
}

export interface Approving extends Remark {
  readonly additionalAttributes?: Readonly<Record<string, string>>;
  /** Which member of a governance group is decided for. */
  readonly overrideApproverId?: string;
}

export interface Rejecting extends Remark {
  readonly overrideApproverId?: string;
}

export interface Reassigning extends Remark {
  readonly to: string;
  /** Whose place; left out, the caller's own, or for an administrator a place more. */
  readonly from?: string;
}

export interface AttributeChanges extends Remark {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/**
 * What became of 50 ids at most. `accepted` is all that SailPoint says, also of ids that do not exist: only a re-read shows what was done. `unknown`: the
 * answer was lost. `undone`: refused, or not tried because an earlier part failed.
 */
export type BulkPart =
  | { readonly outcome: "accepted"; readonly ids: readonly string[] }
  | { readonly outcome: "unknown" | "undone"; readonly ids: readonly string[]; readonly error: PortcullisError };

/** Where a configuration counts: e.g. `{ id: "ACCESS_REQUEST_APPROVAL", scope: "APPROVAL_TYPE" }`, or the tenant's id with TENANT. */
export interface ConfigPlace {
  readonly id: string;
  /** SOURCE and APPLICATION: `v2025-seed` alone. */
  readonly scope:
    | "DOMAIN_OBJECT"
    | "ACCOUNT"
    | "ROLE"
    | "ACCESS_PROFILE"
    | "ENTITLEMENT"
    | "APPROVAL_TYPE"
    | "TENANT"
    | "SOURCE"
    | "APPLICATION";
}

/** `ApprovalConfig` as SailPoint sends it, unknown fields included: what is changed is put back whole. */
export type SailPointConfig = Readonly<Record<string, unknown>>;

/**
 * SailPoint's generic approvals. Every method throws `PortcullisError` with a `sailpoint_*` code.
 *
 * A write says nothing about what it did: SailPoint's 2xx proves little, so callers read back. A write whose answer was lost throws `sailpoint_timeout` and
 * was sent once: the caller looks before it decides again.
 */
export interface SailPointClient {
  readonly approvals: {
    /** Every page. An approval that is not there may have been decided, or moved, while the pages were read: `get` tells. */
    list(query?: ApprovalQuery, options?: Urgency): Promise<readonly SailPointApproval[]>;
    page(query: ApprovalQuery, options?: PageOptions & Urgency): Promise<ApprovalPage>;
    count(query?: ApprovalQuery, options?: Urgency): Promise<number>;
    /** Those of these that SailPoint lists, 50 a call. */
    listByIds(ids: readonly string[], query?: Pick<ApprovalQuery, "include">, options?: Urgency): Promise<readonly SailPointApproval[]>;
    get(id: string, options?: Urgency): Promise<SailPointApproval>;
    approve(id: string, said?: Approving): Promise<void>;
    reject(id: string, said?: Rejecting): Promise<void>;
    reassign(id: string, move: Reassigning): Promise<void>;
    comment(id: string, comment: string): Promise<void>;
    changeAttributes(id: string, changes: AttributeChanges): Promise<void>;
  };
  /** Only for an administrator's token. Ids are sent once each, 50 a call, one call after the other; the first that fails is the last. */
  readonly bulk: {
    approve(
      ids: readonly string[],
      said?: Remark & { readonly additionalAttributes?: Readonly<Record<string, unknown>> },
    ): Promise<readonly BulkPart[]>;
    reject(ids: readonly string[], said?: Remark): Promise<readonly BulkPart[]>;
    reassign(ids: readonly string[], move: Reassigning): Promise<readonly BulkPart[]>;
    /** Not for access requests. */
    cancel(ids: readonly string[], said?: Remark): Promise<readonly BulkPart[]>;
  };
  readonly configs: {
    /** @param id what it counts for, or an approval, which has its own copy */
    get(id: string): Promise<SailPointConfig>;
    /** Replaces it whole. @returns what SailPoint now has */
    put(place: ConfigPlace, config: SailPointConfig): Promise<SailPointConfig>;
  };
  /** Id of the identity that the token acts as; null when the token does not say it. */
  ownerId(): Promise<string | null>;
  /** Signs in and asks for a count; what `pra doctor` calls. */
  check(): Promise<void>;
  close(): Promise<void>;
}
