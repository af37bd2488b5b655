import type { CronPair, WorkingHours } from "../schedule/working-hours.ts";
import type { ConsolesApi } from "./consoles/console.ts";
import type { CredentialsApi } from "./credentials/credential.ts";
import type { PolicyApi } from "./policy/policy.ts";

/** Ids are strings everywhere, also where ZPA's JSON carries a bare number above 2^53. Instants are `Date`, whole seconds. */
export interface PrivilegedApproval {
  readonly id: string;
  readonly emailIds: readonly string[];
  readonly segmentIds: readonly string[];
  readonly start: Date;
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
  /** INVALID, ACTIVE, FUTURE, EXPIRED, or what a later version of ZPA says. It ignores working hours. */
  readonly status: string | null;
  readonly microtenantId: string | null;
  /** The object as ZPA sent it, unknown fields included: an update sends it back whole. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What is written: one email, segments of one microtenant (null is the Default microtenant). */
export interface PrivilegedApprovalDraft {
  readonly email: string;
  readonly segmentIds: readonly string[];
  readonly start: Date;
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
  readonly microtenantId: string | null;
}

export interface PraApplication {
  /** praAppId: what a console names. */
  readonly id: string;
  /** appId: the segment that an approval names. */
  readonly segmentId: string;
  readonly name: string;
  readonly domain: string | null;
  readonly protocol: string | null;
  readonly port: string | null;
  readonly enabled: boolean;
  readonly microtenantId: string | null;
}

/** An application segment, as far as it says to which segment group it belongs. */
export interface ApplicationSegment {
  readonly id: string;
  readonly segmentGroupId: string | null;
  readonly segmentGroupName: string | null;
}

/** The same with what people recognise it by. */
export interface NamedSegment extends ApplicationSegment {
  readonly name: string | null;
  readonly domainNames: readonly string[];
  readonly enabled: boolean;
  readonly microtenantId: string | null;
}

export interface PraPortal {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly enabled: boolean;
  readonly microtenantId: string | null;
}

export interface Microtenant {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly privilegedApprovalsEnabled: boolean;
}

export interface MicrotenantOption {
  readonly microtenantId?: string | null;
}

/** Lower runs first when the budget is short. */
export type ZpaPriority = "end" | "grant" | "read";

/** Where a call on a privileged approval belongs. */
export interface ApprovalCallOptions extends MicrotenantOption {
  /** `grant` unless said otherwise; a delete is an `end`. */
  readonly priority?: ZpaPriority;
}

export interface CreateOptions {
  readonly priority?: ZpaPriority;
  /** Awaited when the budget has a place and nothing is sent yet; what it throws is thrown, and nothing was sent. */
  readonly beforeSending?: () => Promise<void>;
}

/** In which order ZPA lists. */
export interface SortOption {
  /** A field as ZPA calls it. The only one that its page on approvals shows is `status`; which others it takes is not documented. */
  readonly sortBy?: string;
  /** Counts beside `sortBy` only. */
  readonly sortDirection?: "ascending" | "descending";
}

/** Which page of a list; what is left out ZPA decides. */
export interface PageRequest extends MicrotenantOption, SortOption {
  /** From 1. */
  readonly page?: number;
  /** 500 at most. */
  readonly pageSize?: number;
  /** ZPA's filter expression, such as `status EQ ACTIVE`. */
  readonly search?: string;
}

/** One page. The totals are as ZPA says, null where it says none; some lists say 0 of a full page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly totalPages: number | null;
  readonly totalCount: number | null;
}

/** What Portcullis reads. */
export type ZpaList = "approvals" | "applications" | "consoles" | "portals" | "microtenants" | "policies" | "credentials";

/** Every microtenant; where the settings say that there are none, the Default one alone. */
export interface MicrotenantList {
  list(): Promise<readonly Microtenant[]>;
}

/** `/approval`, as far as grants need it. */
export interface ApprovalsApi {
  /** POST, exactly once: no retry after the request may have reached ZPA. The answer's segments are stubs: read back. */
  create(draft: PrivilegedApprovalDraft, options?: CreateOptions): Promise<{ readonly id: string }>;
  get(id: string, options?: ApprovalCallOptions): Promise<PrivilegedApproval>;
  /** Every page, to the end. */
  list(options?: ApprovalCallOptions): Promise<readonly PrivilegedApproval[]>;
  /** PUT of the whole object: `raw` of what was read, with the draft's fields over it. */
  update(current: PrivilegedApproval, draft: PrivilegedApprovalDraft, options?: Pick<ApprovalCallOptions, "priority">): Promise<void>;
  /** Deleting what is already gone succeeds. */
  delete(id: string, options?: ApprovalCallOptions): Promise<void>;
  /** Tenant-wide. Only on a person's command. False when ZPA had nothing to delete. */
  deleteExpired(options?: MicrotenantOption): Promise<boolean>;
}

/**
 * The part of ZPA's management API that Portcullis uses. Every method throws `PortcullisError` with a `zpa_*` code.
 * A create or update whose answer was lost throws `zpa_timeout`: the effect is unknown and the caller must look before it writes again.
 */
export interface ZpaClient {
  readonly approvals: ApprovalsApi & {
    /** One page, sorted and filtered by ZPA. */
    page(request: PageRequest): Promise<Page<PrivilegedApproval>>;
  };
  readonly credentials: CredentialsApi;
  readonly applications: { list(options?: MicrotenantOption): Promise<readonly PraApplication[]> };
  readonly segments: {
    list(options?: MicrotenantOption): Promise<readonly NamedSegment[]>;
    get(id: string, options?: MicrotenantOption): Promise<NamedSegment>;
  };
  readonly consoles: ConsolesApi;
  readonly portals: {
    list(options?: MicrotenantOption): Promise<readonly PraPortal[]>;
    get(id: string, options?: MicrotenantOption): Promise<PraPortal>;
  };
  readonly microtenants: MicrotenantList & { get(id: string): Promise<Microtenant> };
  readonly policy: PolicyApi;
  /** Signs in and reads one line of a list (default: approvals); what `pra doctor` calls. */
  check(list?: ZpaList): Promise<void>;
  close(): Promise<void>;
}
