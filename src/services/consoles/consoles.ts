import { z } from "zod";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { SlackActor } from "../directory/person.ts";
import type { CronPair, WorkingHours } from "../schedule/working-hours.ts";
import type { PraConsole } from "../zpa/consoles/console.ts";

/** OPEN can be asked for. */
export const CONSOLE_FILTERS = ["OPEN", "SWITCHED_OFF"] as const;
export type ConsoleFilter = (typeof CONSOLE_FILTERS)[number];

/** More than this nobody types into a search. */
export const CONSOLE_WORDS_MAX_LENGTH = 100;

/** Where somebody stands in the list of consoles. Pages count from 0. */
export const ConsolesPlace = z.object({
  words: z.string(),
  filter: z.enum(CONSOLE_FILTERS),
  page: z.number().int().nonnegative(),
});
export type ConsolesPlace = z.infer<typeof ConsolesPlace>;
export const CONSOLES_START: ConsolesPlace = { words: "", filter: "OPEN", page: 0 };

export interface ConsolesPage {
  /** As it was asked for, the page no further than the last. */
  readonly place: ConsolesPlace;
  readonly consoles: readonly CatalogConsole[];
  readonly total: number;
  readonly pages: number;
  readonly isAdmin: boolean;
}

/** A row of what somebody holds by a grant of ours. */
export interface OwnAccess {
  readonly label: string;
  readonly email: string;
  readonly start: Date;
  /** The later one, while a change of the end is being written. */
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
  /** UNPROVEN: being written, or given up on without an answer of ZPA's. ENDING: it is to go, and is not proven to be gone. */
  readonly standing: "OPEN" | "LATER" | "UNPROVEN" | "ENDING";
  /** Whether ZPA's list has it; null where ZPA was not read, or there is no id to look for. */
  readonly isListed: boolean | null;
}

/** A privileged approval on the segment that is not held as ours. */
export interface ForeignAccess {
  readonly zpaId: string;
  readonly emails: readonly string[];
  readonly start: Date;
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
}

/** Who has access by a segment now, or later on. What is not over counts. */
export interface SegmentAccess {
  readonly ours: readonly OwnAccess[];
  readonly foreign: readonly ForeignAccess[];
  /** Where `foreign` is from: ZPA at this moment, the last comparison of the tenant, or nowhere. */
  readonly read: { readonly from: "zpa" } | { readonly from: "comparison"; readonly at: Date } | { readonly from: "nowhere" };
}

export interface ConsoleDetails {
  readonly console: CatalogConsole;
  /** What a privileged approval of its segment opens, too. */
  readonly alongside: readonly CatalogConsole[];
  /** For administrators alone. */
  readonly admin: {
    readonly access: SegmentAccess;
    /** As ZPA says of the console itself, right now; null where ZPA did not say. */
    readonly isEnabled: boolean | null;
  } | null;
}

/** A PRA application without a console, or what a console is to be made for. */
export interface ConsoleTarget {
  /** praAppId. */
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly protocol: string | null;
}

export interface NamedPlace {
  readonly id: string;
  readonly name: string;
}

/** What consoles can be made of in one microtenant, as ZPA lists it now. */
export interface ConsoleRoom {
  readonly microtenants: readonly { readonly id: string | null; readonly name: string }[];
  readonly microtenantId: string | null;
  readonly microtenantName: string;
  /** Switched on, and without a console; by name. */
  readonly applications: readonly ConsoleTarget[];
  /** Switched on. */
  readonly portals: readonly NamedPlace[];
}

/** How many consoles one form makes. ZPA names no limit. */
export const CONSOLES_AT_ONCE = 50;
export const PORTALS_AT_ONCE = 10;
export const PATTERN_MAX_LENGTH = 100;
/** Of names, see `console-names.ts`. */
export const DEFAULT_PATTERN = "{host}";

/** What an administrator would have made. */
export const NewConsoles = z.object({
  microtenantId: z.string().nullable(),
  applicationIds: z.array(z.string()),
  portalIds: z.array(z.string()),
  /** Of the names, see `console-names.ts`. */
  pattern: z.string(),
});
export type NewConsoles = z.infer<typeof NewConsoles>;

/** The same thought through: exactly what would be made. */
export interface ConsolesPlan {
  readonly wanted: NewConsoles;
  readonly microtenantName: string;
  readonly consoles: readonly { readonly name: string; readonly application: ConsoleTarget }[];
  readonly portals: readonly NamedPlace[];
  /** Of all this: what is made is what was shown, or nothing. */
  readonly seal: string;
}

/** What became of a write; `unknown`: ZPA's answer was lost, and this is what stands. */
export type MadeConsoles =
  | {
      readonly kind: "made";
      readonly read: readonly PraConsole[];
      readonly asIntended: boolean;
      readonly isRecordedWhole: boolean;
    }
  | { readonly kind: "unknown"; readonly found: readonly PraConsole[]; readonly notFound: readonly string[]; readonly wanted: NewConsoles };

export interface SwitchPlan {
  readonly console: CatalogConsole;
  readonly to: SwitchTo;
  readonly access: SegmentAccess;
  /** Of the console as ZPA has it. */
  readonly seal: string;
}

export type SwitchTo = "enabled" | "disabled";

export type SwitchedConsole =
  | { readonly kind: "switched"; readonly read: PraConsole; readonly asIntended: boolean; readonly isRecordedWhole: boolean }
  /** `read` null: what stands could not be read either. */
  | { readonly kind: "unknown"; readonly read: PraConsole | null; readonly name: string; readonly to: SwitchTo };

interface OfConsole {
  readonly by: SlackActor;
  readonly consoleId: string;
}

/**
 * Consoles, as people look for them and administrators run them. Everybody who is trusted may look; every other call throws `admins_only` for
 * others, whenever it is made.
 */
export interface ConsolesService {
  /** One page of the catalog, the best first. */
  find(query: { readonly by: SlackActor; readonly place: ConsolesPlace; readonly limit: number }): Promise<ConsolesPage>;
  /** @throws PortcullisError `console_unknown` */
  look(query: OfConsole): Promise<ConsoleDetails>;
  /** PRA applications without a console, as ZPA lists them now. @throws PortcullisError `zpa_*` */
  room(query: { readonly by: SlackActor; readonly microtenantId: string | null }): Promise<ConsoleRoom>;
  /**
   * What would be made. Nothing is sent. It answers before a form's three seconds are over, or gives up.
   * @throws PortcullisError `console_draft_incomplete`, `console_pattern_invalid`, `console_name_taken`, `console_exists`, each with its field;
   *   `consoles_changed`, `zpa_*`
   */
  plan(query: { readonly by: SlackActor; readonly wanted: NewConsoles }): Promise<ConsolesPlan>;
  /** Has them made, all or none. @throws PortcullisError as {@link plan}, `zpa_*` */
  make(command: { readonly by: SlackActor; readonly wanted: NewConsoles; readonly seal: string }): Promise<MadeConsoles>;
  /** What stands of what was wanted, after a lost answer. */
  lookFor(query: { readonly by: SlackActor; readonly wanted: NewConsoles }): Promise<MadeConsoles>;
  /** What switching one on or off would mean. @throws PortcullisError `console_unknown`, `consoles_changed`, `change_nothing`, `zpa_*` */
  planSwitch(query: OfConsole & { readonly to: SwitchTo }): Promise<SwitchPlan>;
  /** @throws PortcullisError as {@link planSwitch}, `zpa_*` */
  switch(command: OfConsole & { readonly to: SwitchTo; readonly seal: string }): Promise<SwitchedConsole>;
}
