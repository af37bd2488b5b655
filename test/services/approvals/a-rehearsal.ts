import { expect } from "vitest";
import { type Rehearsed, rehearse } from "../../../src/services/approvals/rehearsal/rehearse.ts";
import { parseScript } from "../../../src/services/approvals/rehearsal/script.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";

/** A Monday. Steps without an instant of their own follow a minute after one another. */
export const OPENED = "2026-03-02T09:00:00.000Z";
export const later = (span: { readonly days?: number; readonly hours?: number; readonly minutes?: number }): string => {
  const { days = 0, hours = 0, minutes = 0 } = span;
  return new Date(Date.parse(OPENED) + ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();
};

type Amount = number | `${number}%`;
const criterion = (amount: Amount) =>
  typeof amount === "number"
    ? { calculationType: "COUNT", value: amount }
    : { calculationType: "PERCENT", value: Number(amount.slice(0, -1)) };
export const parallel = (approval: Amount, rejection: Amount) => ({
  type: "PARALLEL",
  approval: criterion(approval),
  rejection: criterion(rejection),
});
export const serial = (approval: Amount, rejection: Amount) => ({ ...parallel(approval, rejection), type: "SERIAL" });
export const group = (name: string, ...members: readonly string[]) => ({ group: name, members });

type Asked = readonly [by: string, deed: string, body: object | null, outcome: string, at?: string];
/** Who, does what, with which body, and what comes of it; at an instant, where that matters. Without body and instant: `bo approve ok`. */
export type Step = Asked | string;

function asked(step: Step): Asked {
  if (typeof step !== "string") return step;
  const [by = "", deed = "", outcome = ""] = step.split(" ");
  return [by, deed, null, outcome];
}

export interface Play {
  readonly approvers: readonly (string | ReturnType<typeof group>)[];
  readonly criteria?: object;
  readonly config?: object;
  readonly requester?: string;
  readonly requestee?: string;
  readonly admins?: readonly string[];
  readonly openedAt?: string;
  readonly until?: string;
  readonly steps?: readonly Step[];
}

/** The script that a play is written down as. */
const scriptOf = ({ steps = [], ...play }: Play): object => ({
  config: {},
  criteria: parallel(1, 1),
  requester: "ana",
  requestee: "ana",
  admins: ["root"],
  openedAt: OPENED,
  until: later({ days: 100 }),
  ...play,
  commands: steps
    .map(asked)
    .map(([by, deed, body, , at], index) => ({ at: at ?? later({ minutes: index + 1 }), by, do: deed, body: body ?? {} })),
});

/** Plays through `pra approvals replay` without its process, all on one database. */
export async function rehearsals() {
  const { folder, remove } = await newMigratedFolder();
  const database = await openDatabase({ url: null, folder, log: keptLog().log });
  const replay = (script: unknown): Promise<Rehearsed> => rehearse(parseScript(script), database.db);
  return {
    replay,
    /** Plays, and expects of every step what it says. */
    play: async (play: Play): Promise<Rehearsed> => {
      const rehearsed = await replay(scriptOf(play));
      const steps = (play.steps ?? []).map(asked);
      const said = steps.map(([by, deed], index) => `${by} ${deed}: ${rehearsed.outcomes[index]}`);
      expect(said).toEqual(steps.map(([by, deed, , outcome]) => `${by} ${deed}: ${outcome}`));
      return rehearsed;
    },
    close: async () => {
      await database.close();
      await remove();
    },
  };
}

export type Rehearsals = Awaited<ReturnType<typeof rehearsals>>;

export const ids = (identities: readonly { readonly identityID: string }[]): string[] => identities.map(({ identityID }) => identityID);
