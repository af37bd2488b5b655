import { type Piece, say } from "./pieces.ts";

/** Words around an instant, and around a person. */
type Around = readonly [string, string];

/** Access that was approved in SailPoint. */
export const enGoverned = {
  card: {
    title: (label: string, state: string) => `From SailPoint, ${label}: ${state}`,
    fallback: (label: string, whom: string, consoles: string, state: string) =>
      `${label}: approved in SailPoint, ${whom} gets access to ${consoles}. ${state}`,
    gets: (whom: string) => `${whom} gets access. It was approved in SailPoint, not here.`,
    approvedBy: (who: string) => `Approved in SailPoint by ${who}`,
    at: [" at ", "."] as Around,
    inSlack: "The yes was given in Slack by ",
    askedBy: (who: string) => `Asked for in SailPoint by ${who}.`,
    source: (name: string, id: string) => `SailPoint’s approval: ${name}, ${id}`,
    unnamed: "without a name",
  },
  refused: {
    text: (name: string, why: string) => `No access came of the approval “${name}” in SailPoint. ${why}`,
    lead: (name: string) => `No access came of the approval “${name}” in SailPoint.`,
    whom: "For ",
    once: "This is said once, and nothing is tried again. To get the access, raise a new approval in SailPoint, or ask with /pra request.",
    source: (id: string, reference: string) => `SailPoint’s id: ${id}. ${reference}`,
  },
  forecast: {
    opens: "Approving this opens access in Zscaler.",
    refused: "As it stands, approving this opens no access in Zscaler.",
    unknown: "Approving this may open access in Zscaler. What it would open cannot be said at the moment.",
    needsOthers:
      "Your own yes is not enough: you asked for it, or would get the access. Unless somebody else approves it as well, nothing is opened.",
    gets: (name: string, email: string) => `${name} (${email}) gets access.`,
    row: (consoles: string, also: string | null, hours: string) =>
      `Consoles: ${consoles}.${also === null ? "" : ` Also opens: ${also}.`} Working hours: ${hours}.`,
    hours: "Working hours: ",
    later:
      "Once SailPoint says that it is approved, this is looked at again: also whether exactly one person in Slack has this email, and may have the access by the rules. If something is against it then, nothing is opened, and the administrators hear of it.",
    voids:
      "Attributes…: whoever changes an attribute that begins with “portcullis” makes this approval void. Nothing is opened then, also if it is changed back: a new approval is needed.",
  },
  explained: (who: string, name: string) => `Approved in SailPoint by ${who}: ${name}. Nobody decided on it here.`,
  noSeats: "Nobody here: SailPoint decides.",
  past: {
    opened: (at: Piece) => say`${at}: came from SailPoint, approved.`,
    passed: (at: Piece) => say`${at}: counted as decided, by SailPoint’s approval.`,
  },
};
