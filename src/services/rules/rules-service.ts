import type { SlackActor } from "../directory/person.ts";
import type { Loosening } from "../policy/loosens.ts";
import type { ScopeKey } from "../policy/rules.ts";
import type { RulesChange } from "./change-rows.ts";
import type { DiffLine } from "./line-diff.ts";
import type { StoredRules } from "./rule-rows.ts";

/** Who acts on rules: a person in Slack, or whoever may open the database's folder, by the name of their account on that machine. */
export type RulesActor = SlackActor | { readonly osUser: string };

/** The rules of one scope as they are shown. */
export interface RulesView extends Omit<StoredRules, "rules" | "unreadable"> {
  /** From the catalog; null where it does not know the id. */
  readonly name: string | null;
  readonly yaml: string;
  /** The same without YAML, for programs. */
  readonly rules: object;
}

/** What one change comes to. */
export interface ChangeOutcome extends ScopeKey {
  readonly name: string | null;
  readonly kind: "add" | "change" | "remove" | "none";
  /** `planned`: nothing was done, it was only asked. */
  readonly result: "planned" | "unchanged" | "applied" | "waiting";
  /** What it was compared with; 0 where the scope had no rules. */
  readonly baseRevision: number;
  /** What the scope has now. */
  readonly revision: number;
  readonly loosens: readonly Loosening[];
  readonly diff: readonly DiffLine[];
  /** Set while it waits for a second administrator. */
  readonly changeId: string | null;
}

/** A change that loosens approval, as it is shown. */
export interface ChangeView extends Omit<RulesChange, "before" | "after"> {
  readonly name: string | null;
  readonly kind: "add" | "change" | "remove";
  readonly diff: readonly DiffLine[];
}

/** The frozen rules of one approval. */
export interface FrozenView {
  readonly label: string;
  readonly approvalId: string;
  readonly yaml: string;
  readonly rules: object;
}

export interface RulesOverview {
  readonly rules: readonly RulesView[];
  readonly waiting: readonly ChangeView[];
  /** Whether anybody else could confirm a change of the person who looks. */
  readonly hasSecondAdmin: boolean;
}

interface Acted {
  readonly by: RulesActor;
}
interface Written extends Acted, ScopeKey {
  /** Null: whatever the scope has now. */
  readonly expectedRevision: number | null;
  /** `plan` only says what would happen. */
  readonly mode: "plan" | "apply";
}

/**
 * Rules by scope, for administrators alone: that is asked at every call.
 * Everything throws PortcullisError `admins_only` and what speaks against the person.
 */
export interface RulesService {
  /** @throws PortcullisError `rules_unknown` | `scope_invalid` */
  get(command: Acted & ScopeKey): Promise<RulesView>;
  /** @param reference `PRA-1042` or an approval's id @throws PortcullisError `request_unknown` | `approval_unknown` */
  getFrozen(command: Acted & { readonly reference: string }): Promise<FrozenView>;
  list(command: Acted): Promise<RulesOverview>;
  /** All rules as one YAML document, in a stable order. */
  export(command: Acted): Promise<{ readonly yaml: string; readonly rules: readonly RulesView[] }>;
  /** Replaces a scope's rules whole. @throws PortcullisError `rules_invalid` | `rules_changed_meanwhile` | `scope_frozen` | `scope_invalid` */
  put(command: Written & { readonly yaml: string }): Promise<ChangeOutcome>;
  /** @throws PortcullisError `rules_unknown` | `rules_changed_meanwhile` | `scope_frozen` | `scope_invalid` */
  delete(command: Written): Promise<ChangeOutcome>;
  /**
   * Brings everything to what a document says, in one transaction; scopes that it does not name stay unless `unnamed` is `remove`.
   * @param seen the revisions that a plan was made of; others refuse the whole
   */
  apply(
    command: Acted & {
      readonly yaml: string;
      readonly unnamed: "keep" | "remove";
      readonly mode: "plan" | "apply";
      readonly seen: readonly (ScopeKey & { readonly baseRevision: number })[] | null;
    },
  ): Promise<readonly ChangeOutcome[]>;
  /** One change that waits or waited. @throws PortcullisError `change_unknown` */
  getChange(command: Acted & { readonly changeId: string }): Promise<ChangeView>;
  /** @throws PortcullisError `change_unknown` | `change_settled` | `second_admin_needed` | `rules_changed_meanwhile` */
  confirm(command: Acted & { readonly changeId: string }): Promise<ChangeView>;
  /** Declines, or takes back what one proposed. @throws PortcullisError `change_unknown` | `change_settled` */
  decline(command: Acted & { readonly changeId: string }): Promise<ChangeView>;
  /** The scopes whose name or id holds what was typed, the widest first. */
  findScopes(text: string, limit: number): readonly (ScopeKey & { readonly name: string | null })[];
}
