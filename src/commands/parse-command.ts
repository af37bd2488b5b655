/** What was typed after `/pra`. */
export type PraCommand =
  /** `text` is what the form is to be filled in from; empty for an empty form. */
  | { readonly kind: "request"; readonly text: string }
  | { readonly kind: "mine" }
  /** `label` as it was typed, such as `PRA-1042`; empty when none was. */
  | { readonly kind: "explain"; readonly label: string }
  /** What waits for the person's decision. */
  | { readonly kind: "approvals" }
  /** The holder ends their own access. `text` names the request. */
  | { readonly kind: "done"; readonly text: string }
  /** Access is taken away: of one request, or everything of a person. `text` says whose and why. */
  | { readonly kind: "revoke"; readonly text: string }
  /** The end of access moves. `text` names the request, by how much or to when, and why. */
  | { readonly kind: "extend" | "shorten"; readonly text: string }
  /** Access that whoever is on call gives; empty text opens an empty form. */
  | { readonly kind: "grant"; readonly text: string }
  | { readonly kind: "break-glass"; readonly text: string }
  /** The approval rules, for administrators. */
  | { readonly kind: "config" }
  /** The list of consoles. `text` is what to look for; empty for all. */
  | { readonly kind: "consoles"; readonly text: string }
  /** Privileged credentials, for administrators. `text` is looked for. */
  | { readonly kind: "credentials"; readonly text: string }
  /** Where access rules have privileged approvals count, for administrators. */
  | { readonly kind: "policy" }
  /** What differs between ZPA and what is intended, for administrators. */
  | { readonly kind: "findings" }
  /** Has the tenant compared now. */
  | { readonly kind: "reconcile" }
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly text: string };

/**
 * Reads the text of a slash command. Upper and lower case are alike in the first word.
 * @example parseCommand("request db-prod for 2h") // { kind: "request", text: "db-prod for 2h" }
 */
export const parseCommand = (typed: string): PraCommand => {
  const text = typed.trim();
  const [, word = "", rest = ""] = /^(\S*)\s*(.*)$/su.exec(text) ?? [];
  switch (word.toLowerCase()) {
    case "":
      return { kind: "request", text: "" };
    case "request":
      return { kind: "request", text: rest };
    case "mine":
      return { kind: "mine" };
    case "explain":
      return { kind: "explain", label: rest };
    case "approvals":
    case "queue":
      return { kind: "approvals" };
    case "done":
      return { kind: "done", text: rest };
    case "revoke":
      return { kind: "revoke", text: rest };
    case "extend":
      return { kind: "extend", text: rest };
    case "shorten":
      return { kind: "shorten", text: rest };
    case "grant":
      return { kind: "grant", text: rest };
    case "break-glass":
    case "breakglass":
      return { kind: "break-glass", text: rest };
    case "config":
      return { kind: "config" };
    case "consoles":
      return { kind: "consoles", text: rest };
    case "credentials":
      return { kind: "credentials", text: rest };
    case "policy":
      return { kind: "policy" };
    case "findings":
      return { kind: "findings" };
    case "reconcile":
      return { kind: "reconcile" };
    case "help":
      return { kind: "help" };
    default:
      return { kind: "unknown", text: word };
  }
};
