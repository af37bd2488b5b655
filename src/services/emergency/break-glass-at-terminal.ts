import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { max } from "date-fns/max";
import { min } from "date-fns/min";
import { PortcullisError } from "../../errors.ts";
import { readGrants } from "../access/grant-rows.ts";
import { type AccessRequest, requestLabel, requestNumber } from "../access/request.ts";
import { readRequest } from "../access/request-rows.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { Person } from "../directory/person.ts";
import { recordReview } from "./answer-review.ts";
import { breakGlassFor, foretellFor } from "./break-glass.ts";
import type { BreakGlass, ReviewAnswer } from "./emergency.ts";
import type { EmergencyPorts } from "./emergency-ports.ts";
import { openUsesOf, reviewOfRequest } from "./review-rows.ts";

/** What is typed at a terminal. Consoles by name or id. */
export interface TypedBreakGlass extends Pick<BreakGlass, "seconds" | "reason" | "submissionKey"> {
  /** A Slack user id that BREAK_GLASS names with an email. */
  readonly person: string;
  readonly consoles: readonly string[];
}

/** For programs, and for the lines that a terminal shows. */
export interface TerminalForetold {
  readonly person: { readonly userId: string; readonly name: string; readonly email: string };
  /** As BREAK_GLASS names them. */
  readonly namedEmail: string;
  readonly consoles: readonly string[];
  readonly alsoOpens: readonly string[];
  /** Of `consoles`, those that it opens nothing of, by ZPA's access rules as last read. */
  readonly withoutEffect: readonly string[];
  readonly seconds: number;
  readonly until: Date;
  readonly told: readonly string[];
  /** Labels of a use of theirs that is not proven in ZPA yet: breaking the glass goes on with it, and with nothing else. Else empty. */
  readonly resumes: readonly string[];
}

export interface TerminalState {
  readonly requests: readonly {
    readonly label: string;
    readonly status: AccessRequest["status"];
    readonly failure: AccessRequest["failure"];
  }[];
  /** What stands, or is to stand, in ZPA. */
  readonly grants: readonly {
    readonly id: string;
    readonly status: string;
    readonly zpaId: string | null;
    readonly email: string;
    readonly end: Date;
  }[];
}

/** Breaking the glass at the machine itself, where Slack may be silent. `osUser` is the account that acts. */
export interface BreakGlassAtTerminal {
  foretell(typed: TypedBreakGlass): Promise<TerminalForetold>;
  break(typed: TypedBreakGlass, osUser: string): Promise<{ readonly requestIds: readonly string[] }>;
  state(query: { readonly requestIds: readonly string[] }): Promise<TerminalState>;
  review(
    command: { readonly label: string; readonly person: string; readonly answer: ReviewAnswer },
    osUser: string,
  ): Promise<{ readonly label: string }>;
}

interface TerminalPorts extends EmergencyPorts {
  /** @throws PortcullisError as `namedForBreakGlass` */
  readonly named: (userId: string) => Promise<Person>;
}

/** Only for people whom BREAK_GLASS names with an email: Slack's answer is asked for, and not waited for. */
export const breakGlassAtTerminal = (ports: TerminalPorts): BreakGlassAtTerminal => {
  const foretell = foretellFor(ports);
  const breakIt = breakGlassFor(ports);
  const record = recordReview(ports);
  const prepared = async ({ person: userId, consoles, ...rest }: TypedBreakGlass) => {
    const namedEmail = emailNamed(ports, userId);
    const person = await ports.named(userId);
    return { person, namedEmail, command: { ...rest, consoleIds: consoles.map((typed) => consoleNamed(ports, typed).id) } };
  };
  return {
    foretell: async (typed) => {
      const { person, namedEmail, command } = await prepared(typed);
      const unfinished = await unfinishedUse(ports, person);
      if (unfinished.length > 0) return resumption(person, namedEmail, unfinished);
      const { consoles, alsoOpens, withoutEffect, seconds, until, told } = await foretell(person, command);
      return {
        person: { userId: person.userId, name: person.name, email: person.zpaUser },
        namedEmail,
        consoles: consoles.map(({ name }) => name),
        alsoOpens: alsoOpens.map(({ name }) => name),
        withoutEffect: withoutEffect.map(({ name }) => name),
        ...{ seconds, until, told, resumes: [] },
      };
    },
    break: async (typed, osUser) => {
      const { person, command } = await prepared(typed);
      const unfinished = await unfinishedUse(ports, person);
      const requests = unfinished.length > 0 ? unfinished : await breakIt(person, command, `cli:${osUser}`);
      return { requestIds: requests.map(({ id }) => id) };
    },
    state: async ({ requestIds }) => {
      const requests = await Promise.all(requestIds.map((id) => readRequest(ports.db, id)));
      const grants = (await Promise.all(requestIds.map((id) => readGrants(ports.db, id)))).flat();
      return {
        requests: requests.map((request) => ({ label: requestLabel(request), status: request.status, failure: request.failure })),
        grants: grants.map(({ id, status, zpaId, email, end }) => ({ id, status, zpaId, email, end })),
      };
    },
    review: async ({ label, person, answer }, osUser) => {
      emailNamed(ports, person);
      const number = requestNumber(label);
      const row =
        number === null ? undefined : await ports.db.selectFrom("request").select("id").where("number", "=", number).executeTakeFirst();
      const review = row === undefined ? null : await reviewOfRequest(ports.db, row.id);
      if (review === null) throw new PortcullisError("review_unknown");
      // The same person by another of their Slack accounts: it is one review.
      if (review.userId !== person && review.zpaUser !== (await ports.named(person)).zpaUser) throw new PortcullisError("review_unknown");
      await record({ reviewId: review.id, answer, actor: `cli:${osUser}` });
      return { label };
    },
  };
};

/** All requests of the person's use of which something is not proven in ZPA yet: no bot may be there to go on with it. */
async function unfinishedUse({ db, clock }: TerminalPorts, person: Person): Promise<readonly AccessRequest[]> {
  const open = await openUsesOf(db, person, { now: clock.now() });
  const [stuck] = open.filter(({ status, beneficiary }) => status === "GRANTING" && beneficiary.zpaUser === person.zpaUser);
  const review = stuck === undefined ? null : await reviewOfRequest(db, stuck.id);
  return review === null ? [] : Promise.all(review.requestIds.map((id) => readRequest(db, id)));
}

function resumption(person: Person, namedEmail: string, requests: readonly AccessRequest[]): TerminalForetold {
  const ends = requests.flatMap(({ window }) => (window === null ? [] : [window.end]));
  const starts = requests.flatMap(({ window }) => (window === null ? [] : [window.start]));
  return {
    person: { userId: person.userId, name: person.name, email: person.zpaUser },
    namedEmail,
    consoles: requests.flatMap(({ consoles }) => consoles.map(({ name }) => name)),
    alsoOpens: [],
    withoutEffect: [],
    seconds: differenceInSeconds(max(ends), min(starts)),
    until: max(ends),
    told: [],
    resumes: requests.map(requestLabel),
  };
}

function emailNamed({ settings }: TerminalPorts, userId: string): string {
  const email = settings.breakGlass.get(userId);
  if (email === undefined) throw new PortcullisError("break_glass_not_named");
  if (email === null) throw new PortcullisError("break_glass_needs_email");
  return email;
}

function consoleNamed({ catalog }: TerminalPorts, typed: string): CatalogConsole {
  const found = catalog.byName(typed) ?? catalog.byId(typed);
  if (found !== null) return found;
  if (catalog.size() === 0) throw new PortcullisError("catalog_empty");
  throw new PortcullisError("console_unknown", { params: { console: typed } });
}
