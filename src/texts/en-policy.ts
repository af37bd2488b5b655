import type { CoverageStatus } from "../services/coverage/coverage.ts";
import type { MadeCover } from "../services/coverage/coverage-service.ts";

type Around = readonly [string, string];

const segments = (n: number): string => (n === 1 ? "1 segment" : `${n} segments`);

const counts: Readonly<Record<CoverageStatus, (n: number) => string>> = {
  covered: (n) => `${n} covered`,
  uncovered: (n) => `${n} not covered`,
  shadowed: (n) => `${n} shadowed`,
  unknown: (n) => `${n} unknown`,
};

const stands: Readonly<Record<Extract<MadeCover, { kind: "unknown" }>["stands"], (name: string) => string>> = {
  counts: (name) => `Privileged approvals on ${name} count now: the rule stands in its place.`,
  half: (name) =>
    `The rule for ${name} is there and not in its place yet: it stands last and does less than it is meant to. Look at it again: confirming then moves it.`,
  nothing: (name) =>
    `No rule for ${name} is there so far. It may still come: look again in a minute before you confirm once more. If it comes meanwhile, it is taken and not made twice.`,
  unread: (name) => `What stands for ${name} could not be read just now. Look again in a minute before you confirm once more.`,
};

export const enPolicy = {
  title: "Access policy",
  intro:
    "A privileged approval opens a console only where an access rule of Zscaler asks everybody for one, and no earlier rule decides first. Of the application segments that can be asked for:",
  counts,
  allCovered: "Privileged approvals count on every segment that can be asked for.",
  nothing: "There is no segment that can be asked for.",
  shown: (total: number, from: number, to: number) =>
    total <= to - from + 1 ? `${segments(total)} to look at.` : `${from}–${to} of ${segments(total)} to look at.`,
  status: (word: string) => ` · ${word}`,
  consoles: "Consoles: ",
  microtenant: (name: string) => ` · ${name}`,
  readAt: ["As read from Zscaler at ", ". Forms and cards go by the same reading."] as Around,
  read: "Read again",
  readLabel: "Read the access rules from Zscaler again",
  offer: "Show the rule…",
  offerLabel: (name: string) => `Show the rule that would have approvals on ${name} count`,
  noOffer: "One more rule would not change it: look at the access policy in Zscaler.",
  noOfferInSeveral: "Portcullis offers no rule here: look at the access policy of each microtenant in Zscaler.",
  noOfferForSome:
    "Portcullis offers no rule here: one for everybody would also let in those whom that rule leaves out. Look at the access policy in Zscaler.",
  next: "Next page",
  previous: "Previous page",
  offerTitle: "Access rule",
  offerIntro: "This rule is going to be made in Zscaler:",
  standing: "This rule is in Zscaler already and not in its place. It is going to be moved:",
  segment: "Segment",
  now: "Now",
  afterwards: "Then",
  name: "Rule",
  action: "Action",
  asks: "asks for a privileged approval (REQUIRE_APPROVAL)",
  where: "Where",
  and: "and",
  whereSegment: (name: string) => `application segment is ${name}`,
  whereClient: (type: string) => `the session comes through a privileged portal (${type})`,
  place: "Place",
  order: (order: number) => `number ${order}`,
  behind: (name: string) => `right behind “${name}”`,
  first: "the first",
  before: (name: string) => `right before “${name}”`,
  last: "the last",
  microtenantName: "Microtenant",
  earlier: "Earlier rules stay as they are and where they are: whom they let in or keep out, they still do.",
  effect: {
    uncovered: "Whoever holds a privileged approval on this segment gets in by it from then on. Nobody else gets in by this rule.",
    shadowed: {
      ALLOW: "Whoever the later rule lets in without an approval needs one from then on, if they come through a privileged portal.",
      DENY: "Whoever holds a privileged approval gets in from then on, although the later rule blocks everybody.",
    },
  },
  cover: { make: "Make this rule", move: "Move this rule" },
  coverLabel: { make: (name: string) => `Make the access rule for ${name}`, move: (name: string) => `Move the access rule for ${name}` },
  coveredTitle: "Access rule",
  made: (rule: string) => `The rule “${rule}” stands in Zscaler.`,
  madeAt: (order: number) => `It is number ${order} in the order.`,
  is: (name: string, status: string) => `${name}: ${status}. `,
  asOffered: "It is as it was shown.",
  differs: "Zscaler says otherwise than was shown: look at the rule in Zscaler.",
  notRecorded: "The ledger has that it was to be made; what came of it could not be written down.",
  lost: (name: string) => `Zscaler’s answer about the rule for ${name} was lost.`,
  stands,
  lookAgain: "Look again…",
  lookAgainLabel: (name: string) => `Look again at the rule for ${name}`,
  /** On forms and cards. */
  withoutEffect: {
    would: (names: string) => `An approval would not open ${names}.`,
    does: (names: string) => `This approval does not open ${names}.`,
    why: " By the access rules last read from Zscaler, privileged approvals do not count there. Administrators see why with /pra policy.",
  },
};
