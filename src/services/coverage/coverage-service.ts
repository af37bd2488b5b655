import type { CatalogConsole } from "../catalog/catalog.ts";
import type { SlackActor } from "../directory/person.ts";
import type { Covered } from "./cover-segment.ts";
import type { CoverageStatus, SegmentCoverage } from "./coverage.ts";
import type { CoverProposal } from "./propose-cover.ts";

/** A segment that can be asked for, and on which privileged approvals do not certainly count. */
export interface CoverageRow extends SegmentCoverage {
  /** Null in the Default microtenant. */
  readonly microtenantName: string | null;
  /** Those that can be asked for. */
  readonly consoleNames: readonly string[];
  /** Whether one more rule may change it. */
  readonly canBeCovered: boolean;
}

export interface CoveragePage {
  /** Without those that are covered: what helps nobody first, what cannot be told last. */
  readonly rows: readonly CoverageRow[];
  /** Of all segments that can be asked for. */
  readonly counts: Readonly<Record<CoverageStatus, number>>;
  /** From 0, no further than the last. */
  readonly page: number;
  readonly pages: number;
  /** How many are not covered. */
  readonly total: number;
  /** When the rules were read; null when there is nothing to say it of. */
  readonly readAt: Date | null;
}

/** A rule as it is shown before anybody confirms it. */
export interface OfferedCover {
  readonly proposal: CoverProposal;
  /** Null in the Default microtenant. */
  readonly microtenantName: string | null;
  /** Of all that is shown: what is made is what was shown, or nothing. */
  readonly seal: string;
}

/** What became of it; `unknown`: ZPA's answer was lost, and `stands` is what was found afterwards. */
export type MadeCover =
  | { readonly kind: "made"; readonly read: Covered; readonly asIntended: boolean; readonly isRecordedWhole: boolean }
  | {
      readonly kind: "unknown";
      readonly segmentId: string;
      readonly name: string;
      /** `counts`: approvals count now. `half`: the rule is there, and not in its place. `unread`: ZPA could not be asked. */
      readonly stands: "counts" | "half" | "nothing" | "unread";
    };

interface ByAdministrator {
  readonly by: SlackActor;
}

/** Whether privileged approvals count, for administrators; each asks anew whether the person is one. @throws PortcullisError `admins_only` */
export interface CoverageService {
  /** Reads ZPA's rules now, has forms and cards go by them from here on, and shows the first page. @throws PortcullisError `catalog_empty` | `zpa_*` */
  read(query: ByAdministrator & { readonly limit: number }): Promise<CoveragePage>;
  /** A page of what was last read. */
  page(query: ByAdministrator & { readonly page: number; readonly limit: number }): Promise<CoveragePage>;
  /** The rule that would have approvals on a segment count. @throws PortcullisError `coverage_*` | `zpa_*` */
  offer(query: ByAdministrator & { readonly segmentId: string }): Promise<OfferedCover>;
  /** Has the rule made that was shown. @throws PortcullisError `coverage_changed` when it would be another one now, and as {@link offer} */
  cover(command: ByAdministrator & { readonly segmentId: string; readonly seal: string }): Promise<MadeCover>;
  /** Those on which, by the rules last read, a privileged approval certainly does nothing. For everybody; ZPA is not asked. */
  withoutEffect(consoles: readonly CatalogConsole[]): Promise<readonly CatalogConsole[]>;
}
